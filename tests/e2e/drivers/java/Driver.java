import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * The line protocol of drivers/README.md, for Apache Kafka's own clients (Clients, Members, Txns) and, where -Dtools=true says that
 * their jars are there, command line tools (Tools).
 */
public class Driver {
    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // nothing a library prints may look like an answer
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Clients clients = new Clients(args[0]);
        Tools tools = Boolean.getBoolean("tools") ? new Tools() : null;
        Members members = new Members(args[0]);
        Txns txns = new Txns(args[0]);
        StreamsApps streams = null; // made when first asked for: not every client that this runs with has a Streams beside it

        ObjectNode hello = JSON.createObjectNode();
        hello.put("client", "Apache Kafka Java").put("version", version());
        List.of("none", "gzip", "snappy", "lz4", "zstd").forEach(hello.putArray("codecs")::add);
        List.of("create", "list", "delete", "grow", "alter", "describe", "trim", "produce", "fetch", "offsets", "times",
                "idempotent", "acks0", "cluster", "join", "turn", "settle", "leave",
                "txn_init", "txn_write", "txn_offsets", "txn_end", "txn_copy", "read", "streams_start", "streams_look",
                "streams_store", "streams_stop", "streams_read").forEach(hello.putArray("can")::add);
        if (tools != null)
            hello.withArray("can").add("tool");
        say(out, hello);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode asked = JSON.readTree(line);
            ObjectNode answer = JSON.createObjectNode();
            try {
                if (asked.get("op").asText().equals("tool"))
                    tools.run(asked, answer);
                else if (asked.get("op").asText().startsWith("streams_"))
                    (streams = streams == null ? new StreamsApps(args[0]) : streams).run(asked, answer);
                else if (!txns.run(asked, answer) && !members.run(asked, answer))
                    clients.run(asked, answer);
            } catch (Throwable e) {
                Throwable cause = e;
                while (cause instanceof ExecutionException || cause instanceof InvocationTargetException)
                    cause = cause.getCause();
                e.printStackTrace();
                answer.put("error", cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
            say(out, answer);
        }
        clients.close();
        System.exit(0); // a tool may have left a thread behind
    }

    /** As the client's jar tells it: the class that knows moved in 4.4. */
    private static String version() throws IOException {
        try (InputStream in = Driver.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            Properties found = new Properties();
            found.load(in);
            return found.getProperty("version");
        }
    }

    private static void say(PrintStream out, ObjectNode answer) {
        out.println(answer);
        out.flush();
    }
}
