import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.CompactArrayOf;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;

/**
 * GoldenWriter SCHEMA OUT: random messages, written by the classes of Apache Kafka. Run by write.py, which says what
 * SCHEMA looks like.
 *
 * <p>Our schema names the fields; Kafka's classes have the last word on it. Before anything is written, the schema
 * is held to theirs: versions, keys, names, types, order, what may be null, tags, defaults. What differs ends the program.
 */
public final class GoldenWriter {
    private static final int BYTES_MAX = 6000; // of a message, so that the files stay readable
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    private static final String ODD_LETTERS = "\u00e9\u4e16'\\ \t";

    private GoldenWriter() {}

    private static final class Field {
        String name, base, standard; // standard: the default, "-" when it is nothing
        boolean array, classic;
        int from, to, nullFrom, nullTo, tag;
        final List<Field> fields = new ArrayList<>();

        boolean in(int version) {
            return version >= from && version <= to;
        }

        boolean mayBeNull(int version) {
            return version >= nullFrom && version <= nullTo;
        }

        boolean isStruct() {
            return base.equals("struct");
        }
    }

    private static final class Shape {
        String name;
        int from, to, flexibleFrom, key;
        final List<Field> fields = new ArrayList<>();
    }

    private static List<Shape> read(String path) throws IOException {
        List<Shape> shapes = new ArrayList<>();
        List<List<Field>> open = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(path))) {
            String[] word = line.split(" ");
            if (word[0].equals("M")) {
                Shape s = new Shape();
                s.name = word[1];
                s.from = Integer.parseInt(word[2]);
                s.to = Integer.parseInt(word[3]);
                s.flexibleFrom = Integer.parseInt(word[4]);
                s.key = Integer.parseInt(word[5]);
                shapes.add(s);
                open.clear();
                open.add(s.fields);
                continue;
            }
            int depth = Integer.parseInt(word[1]);
            Field f = new Field();
            f.name = word[2];
            f.base = word[3];
            f.array = word[4].equals("1");
            f.from = Integer.parseInt(word[5]);
            f.to = Integer.parseInt(word[6]);
            f.nullFrom = Integer.parseInt(word[7]);
            f.nullTo = Integer.parseInt(word[8]);
            f.tag = Integer.parseInt(word[9]);
            f.standard = word[10];
            f.classic = word[11].equals("1");
            open.subList(depth + 1, open.size()).clear();
            open.get(depth).add(f);
            open.add(f.fields);
        }
        return shapes;
    }

    // ---- Kafka's classes ----

    private static Class<?> classOf(String name) {
        List<String> tries = List.of("org.apache.kafka.common.message." + name + "Data", "org.apache.kafka.common.message." + name,
            "org.apache.kafka.common.metadata." + name, "org.apache.kafka.storage.internals.log." + name,
            "org.apache.kafka.server.log.internals.generated." + name, "org.apache.kafka.coordinator.group.generated." + name,
            "org.apache.kafka.coordinator.transaction.generated." + name);
        for (String full : tries) {
            try {
                return Class.forName(full);
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        throw new IllegalArgumentException("no class for " + name);
    }

    private static Object make(Class<?> type) throws ReflectiveOperationException {
        return type.getDeclaredConstructor().newInstance();
    }

    private static Method method(Class<?> type, String prefix, String field, int arguments) {
        String wanted = prefix + field.replace("_", "");
        for (Method m : type.getMethods()) {
            if (m.getParameterCount() == arguments && m.getName().equalsIgnoreCase(wanted))
                return m;
        }
        throw new IllegalArgumentException(type + " has no " + wanted);
    }

    private static Object get(Object from, Field f) throws ReflectiveOperationException {
        return method(from.getClass(), "", f.name, 0).invoke(from);
    }

    /** Of a List, or of one of Kafka's own collections, which say it in what they extend. */
    private static Class<?> elementClass(Type type) {
        if (type instanceof ParameterizedType)
            return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
        return elementClass(((Class<?>) type).getGenericSuperclass());
    }

    // ---- is our schema theirs? ----

    private static void require(boolean holds, String where, Object what) {
        if (!holds)
            throw new IllegalStateException(where + ": " + what);
    }

    private static void compare(String where, List<Field> ours, int version, boolean flexible, Schema schema) {
        List<Field> untagged = new ArrayList<>();
        Map<Integer, Field> tagged = new TreeMap<>();
        for (Field f : ours) {
            if (f.in(version) && f.tag < 0)
                untagged.add(f);
            else if (f.in(version))
                tagged.put(f.tag, f);
        }
        List<BoundField> theirs = new ArrayList<>(Arrays.asList(schema.fields()));
        Map<Integer, org.apache.kafka.common.protocol.types.Field> theirTags = Map.of();
        int last = theirs.size() - 1;
        boolean section = last >= 0 && theirs.get(last).def.type instanceof TaggedFields;
        if (section)
            theirTags = ((TaggedFields) theirs.remove(last).def.type).fields();
        require(section == flexible, where, "flexible is " + section);
        require(untagged.size() == theirs.size(), where, theirs);
        for (int i = 0; i < theirs.size(); i++)
            compare(where, untagged.get(i), version, flexible, theirs.get(i).def);
        require(tagged.keySet().equals(theirTags.keySet()), where, "tags are " + theirTags.keySet());
        for (Map.Entry<Integer, Field> e : tagged.entrySet())
            compare(where, e.getValue(), version, flexible, theirTags.get(e.getKey()));
    }

    private static void compare(String outer, Field f, int version, boolean flexible,
                                org.apache.kafka.common.protocol.types.Field theirs) {
        String where = outer + "." + f.name;
        var type = theirs.type;
        require(f.name.equals(theirs.name), where, "is " + theirs.name);
        // Of a struct alone their schema does not tell whether it may be null.
        require(type.isNullable() == f.mayBeNull(version) || f.isStruct() && !f.array, where, "may it be null?");
        require(type.isArray() == f.array, where, "is " + type);
        if (f.array) {
            require((type instanceof CompactArrayOf) == flexible, where, "is " + type);
            type = type.arrayElementType().get();
        }
        if (f.isStruct()) {
            compare(where, f.fields, version, flexible, (Schema) type);
            return;
        }
        String wanted = f.base.equals("bool") ? "BOOLEAN" : f.base.equals("uint32") ? "UNSIGNED_INT32" : f.base.toUpperCase();
        require(type.toString().replace("COMPACT_", "").replace("NULLABLE_", "").equals(wanted), where, "is " + type);
        if (wanted.equals("STRING") || wanted.equals("BYTES"))
            require(type.toString().startsWith("COMPACT_") == (flexible && !f.classic), where, "is " + type);
    }

    private static void compareDefaults(String outer, Object fresh, List<Field> fields) throws ReflectiveOperationException {
        for (Field f : fields) {
            String where = outer + "." + f.name;
            Object value = get(fresh, f);
            String text = value == null ? "null" : f.array || f.isStruct() ? "-" : text(f, value, 0);
            if (List.of("0", "false", "''", "#", "0".repeat(16), "0".repeat(32)).contains(text))
                text = "-";
            require(text.equals(f.standard), where, "default is " + text);
            if (f.isStruct()) {
                Method set = method(fresh.getClass(), "set", f.name, 1);
                compareDefaults(where, make(f.array ? elementClass(set.getGenericParameterTypes()[0]) : set.getParameterTypes()[0]),
                    f.fields);
            }
        }
    }

    // ---- random values ----

    private static long integer(Random random, int bits) {
        long min = bits == 64 ? Long.MIN_VALUE : -(1L << (bits - 1));
        switch (random.nextInt(6)) {
            case 0: return 0;
            case 1: return 1;
            case 2: return random.nextInt(100);
            case 3: return min;
            case 4: return -(min + 1);
            default: return bits == 64 ? random.nextLong() : min + (long) (random.nextDouble() * (1L << bits));
        }
    }

    private static String string(Random random) {
        int length = random.nextInt(40) == 0 ? 120 + random.nextInt(20) : random.nextInt(12); // the varint grows at 127
        StringBuilder s = new StringBuilder();
        while (s.length() < length) {
            String from = random.nextInt(60) == 0 ? ODD_LETTERS : LETTERS;
            s.append(from.charAt(random.nextInt(from.length())));
        }
        return s.toString();
    }

    private static Object scalar(Random random, Field f, Class<?> as, boolean mayBeNull) {
        boolean none = mayBeNull && random.nextInt(3) == 0;
        switch (f.base) {
            case "bool": return random.nextBoolean();
            case "int8": return (byte) integer(random, 8);
            case "int16": return (short) integer(random, 16);
            case "uint16": return (int) (integer(random, 16) & 0xffff);
            case "int32": return (int) integer(random, 32);
            case "uint32": return integer(random, 32) & 0xffffffffL;
            case "int64": return integer(random, 64);
            case "float64": return random.nextInt(3) == 0 ? 0.0 : random.nextDouble() * 1e6 - 5e5;
            case "uuid": return random.nextInt(4) == 0 ? Uuid.ZERO_UUID : new Uuid(random.nextLong(), random.nextLong());
            case "string": return none ? null : string(random);
            case "bytes":
                byte[] bytes = new byte[random.nextInt(10)];
                random.nextBytes(bytes);
                return none ? null : as == ByteBuffer.class ? ByteBuffer.wrap(bytes) : bytes;
            default: throw new IllegalArgumentException("no random " + f.base);
        }
    }

    @SuppressWarnings("unchecked")
    private static Object filled(Random random, Class<?> type, List<Field> fields, int version) throws ReflectiveOperationException {
        Object to = make(type);
        for (Field f : fields) {
            boolean leaveOut = f.tag >= 0 && random.nextInt(3) == 0;
            if (!f.in(version) || leaveOut)
                continue;
            Method set = method(type, "set", f.name, 1);
            Class<?> as = set.getParameterTypes()[0];
            Object value = null;
            if ((f.array || f.isStruct()) && f.mayBeNull(version) && random.nextInt(4) == 0) {
                value = null;
            } else if (f.array) {
                Class<?> element = elementClass(set.getGenericParameterTypes()[0]);
                Collection<Object> list = as == List.class ? new ArrayList<>() : (Collection<Object>) make(as);
                for (int n = random.nextInt(4); n > 0; n--)
                    list.add(f.isStruct() ? filled(random, element, f.fields, version) : scalar(random, f, element, false));
                value = list;
            } else {
                value = f.isStruct() ? filled(random, as, f.fields, version) : scalar(random, f, as, f.mayBeNull(version));
            }
            set.invoke(to, value);
        }
        return to;
    }

    // ---- as text: README.md ----

    private static String hex(byte[] bytes) {
        StringBuilder s = new StringBuilder();
        for (byte b : bytes)
            s.append(String.format("%02x", b));
        return s.toString();
    }

    private static String text(Field f, Object value, int version) throws ReflectiveOperationException {
        if (value == null)
            return "null";
        if (f.isStruct())
            return "{" + text(f.fields, value, version) + "}";
        if (value instanceof String) {
            StringBuilder s = new StringBuilder("'");
            for (byte b : ((String) value).getBytes(StandardCharsets.UTF_8))
                s.append(b > ' ' && b < 0x7f && b != '\'' ? String.valueOf((char) b) : String.format("\\%02x", b));
            return s + "'";
        }
        if (value instanceof byte[])
            return "#" + hex((byte[]) value);
        if (value instanceof ByteBuffer) {
            byte[] bytes = new byte[((ByteBuffer) value).remaining()];
            ((ByteBuffer) value).duplicate().get(bytes);
            return "#" + hex(bytes);
        }
        if (value instanceof Uuid)
            return String.format("%016x%016x", ((Uuid) value).getMostSignificantBits(), ((Uuid) value).getLeastSignificantBits());
        if (value instanceof Double)
            return String.format("%016x", Double.doubleToRawLongBits((Double) value));
        return value.toString();
    }

    private static String text(List<Field> fields, Object from, int version) throws ReflectiveOperationException {
        List<String> out = new ArrayList<>();
        for (Field f : fields) {
            if (!f.in(version))
                continue;
            Object value = get(from, f);
            String text;
            if (f.array && value != null) {
                List<String> elements = new ArrayList<>();
                for (Object element : (Collection<?>) value)
                    elements.add(text(f, element, version));
                text = "[" + String.join(",", elements) + "]";
            } else {
                text = text(f, value, version);
            }
            out.add(f.name + "=" + text);
        }
        return String.join(" ", out);
    }

    // ---- messages ----

    private static byte[] bytesOf(Message message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer to = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(to), cache, version);
        return to.array();
    }

    /** More where there is more to see: of the first and last versions, of a lone one, of one with tags. */
    private static int countOf(Shape s, int version) {
        if (s.from == s.to)
            return s.fields.stream().anyMatch(f -> f.tag >= 0) ? 8 : 3;
        return version == s.to ? 3 : version == s.from || version == s.flexibleFrom ? 2 : 1;
    }

    private static void write(Shape s, PrintStream out) throws ReflectiveOperationException {
        Class<?> type = classOf(s.name);
        Schema[] schemas = (Schema[]) type.getField("SCHEMAS").get(null);
        require(type.getField("LOWEST_SUPPORTED_VERSION").getShort(null) == s.from, s.name, "first version");
        require(type.getField("HIGHEST_SUPPORTED_VERSION").getShort(null) == s.to, s.name, "last version");
        require(((ApiMessage) make(type)).apiKey() == s.key, s.name, "key");
        compareDefaults(s.name, make(type), s.fields);
        Random random = new Random(s.name.hashCode());
        for (int version = s.from; version <= s.to; version++) {
            compare(s.name + " v" + version, s.fields, version, version >= s.flexibleFrom, schemas[version]);
            for (int left = countOf(s, version); left > 0;) {
                Message message = (Message) filled(random, type, s.fields, version);
                byte[] bytes = bytesOf(message, (short) version);
                if (bytes.length > BYTES_MAX)
                    continue;
                String text = text(s.fields, message, version);
                Message again = (Message) make(type);
                again.read(new ByteBufferAccessor(ByteBuffer.wrap(bytes)), (short) version);
                require(text(s.fields, again, version).equals(text), s.name, "is read back as something else");
                out.println(s.name + " " + version);
                out.println(bytes.length == 0 ? "-" : hex(bytes));
                out.println(text.isEmpty() ? "-" : text);
                left--;
            }
        }
    }

    public static void main(String[] args) throws Exception {
        try (PrintStream out = new PrintStream(args[1], StandardCharsets.US_ASCII)) {
            out.println("# See README.md. Message and version, bytes, values.");
            for (Shape s : read(args[0]))
                write(s, out);
        }
    }
}
