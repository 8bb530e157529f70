import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs Kafka's command line tools, unmodified, many in one JVM: {"op":"tool","class":...,"args":[...],"stdin":"..."}
 * answers {"exit":status,"out":...,"err":...}. A tool that asks to end the JVM ends only itself.
 */
final class Tools {
    /** What exit() turns into; an Error, so that no tool's catch of Exception swallows it. */
    private static final class Ended extends Error {
        Ended() {
            super("exit", null, false, false);
        }
    }

    /** The status of the first exit(): a tool that catches everything calls it once more, about our own Ended. */
    private Integer first;
    /** What the tool wants done at the end of its JVM: the console producer sends its last batches there. */
    private final List<Runnable> hooks = new ArrayList<>();

    Tools() {
        Exit.Procedure end = (status, message) -> {
            if (message != null)
                System.err.println(message);
            if (first == null)
                first = status;
            throw new Ended();
        };
        Exit.setExitProcedure(end);
        Exit.setHaltProcedure(end);
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
    }

    void run(JsonNode asked, ObjectNode answer) throws Exception {
        String[] args = new String[asked.get("args").size()];
        for (int i = 0; i < args.length; i++)
            args[i] = asked.get("args").get(i).asText();
        Class<?> tool = Class.forName(asked.get("class").asText());
        resetCounters(tool);

        PrintStream out = System.out, err = System.err;
        InputStream in = System.in;
        ByteArrayOutputStream said = new ByteArrayOutputStream(), complained = new ByteArrayOutputStream();
        int status = 0;
        first = null;
        System.setIn(new ByteArrayInputStream(asked.path("stdin").asText("").getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(said, true, "UTF-8"));
        System.setErr(new PrintStream(complained, true, "UTF-8"));
        try {
            // Scala's Console keeps the streams of the moment it was loaded; DumpLogSegments and others print through it.
            scala.Console$.MODULE$.withOut(System.out, () -> scala.Console$.MODULE$.withErr(System.err, () -> {
                invoke(tool, args);
                return null;
            }));
        } catch (Ended e) {
            status = first;
        } catch (InvocationFailed e) {
            e.getCause().printStackTrace(System.err);
            status = 1;
        } finally {
            hooks.forEach(Runnable::run);
            hooks.clear();
            System.out.flush();
            System.err.flush();
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
        answer.put("exit", status);
        answer.put("out", said.toString(StandardCharsets.UTF_8));
        answer.put("err", complained.toString(StandardCharsets.UTF_8));
    }

    private static final class InvocationFailed extends RuntimeException {
        InvocationFailed(Throwable cause) {
            super(cause);
        }
    }

    private static void invoke(Class<?> tool, String[] args) {
        try {
            tool.getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Ended)
                throw (Ended) e.getCause();
            throw new InvocationFailed(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new InvocationFailed(e);
        }
    }

    /** The console consumer counts its messages in a static field, for a JVM of its own. */
    private static void resetCounters(Class<?> tool) throws Exception {
        for (Field f : tool.getDeclaredFields()) {
            if (f.getName().equals("messageCount")) {
                f.setAccessible(true);
                f.setInt(null, 0);
            }
        }
    }
}
