import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/** Kafka Streams applications, by name, several in one process. Keeps to what Streams 3.9 has. */
final class StreamsApps {
    private static final long WINDOW_MS = 1000;

    private static final class App implements StateRestoreListener {
        KafkaStreams streams;
        /** What reached the handler of uncaught exceptions, each with its causes. */
        final Queue<String> errors = new ConcurrentLinkedQueue<>();
        /** Store -> records that its changelog gave back. */
        final Map<String, Long> restored = new ConcurrentHashMap<>();

        @Override
        public void onRestoreStart(TopicPartition p, String store, long start, long end) {}

        @Override
        public void onBatchRestored(TopicPartition p, String store, long end, long records) {
            restored.merge(store, records, Long::sum);
        }

        @Override
        public void onRestoreEnd(TopicPartition p, String store, long total) {}
    }

    private final String bootstrap;
    private final Map<String, App> apps = new HashMap<>();

    StreamsApps(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    void run(JsonNode a, ObjectNode answer) {
        App app = apps.get(a.path("app").asText());
        switch (a.get("op").asText()) {
            case "streams_start":
                start(a);
                break;
            case "streams_look":
                look(app, answer);
                break;
            case "streams_store":
                store(app, answer.putObject("store"));
                break;
            case "streams_stop":
                answer.put("closed", app.streams.close(Duration.ofSeconds(20)));
                break;
            case "streams_read":
                read(a, answer.putObject("counts"));
                break;
            default:
                throw new IllegalArgumentException("no such operation");
        }
    }

    private void start(JsonNode a) {
        App app = new App();
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", bootstrap, "application.id", a.get("app").asText()));
        a.get("configs").fields().forEachRemaining(e -> config.put(e.getKey(), e.getValue().asText()));
        app.streams = new KafkaStreams(topology(a), new StreamsConfig(config));
        app.streams.setGlobalStateRestoreListener(app);
        boolean replace = a.get("replace").asBoolean();
        app.streams.setUncaughtExceptionHandler(e -> {
            StringBuilder said = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause())
                said.append(t.getClass().getSimpleName()).append(": ").append(t.getMessage()).append("; ");
            app.errors.add(said.toString());
            return replace ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        apps.put(a.get("app").asText(), app);
        if (a.get("clean").asBoolean())
            app.streams.cleanUp();
        app.streams.start();
    }

    private static Topology topology(JsonNode a) {
        Serde<String> text = Serdes.String();
        StreamsBuilder builder = new StreamsBuilder();
        String output = a.get("output").asText();
        if (a.get("topology").asText().equals("windows")) {
            // Clicks of users, with the users' names beside them: how many in each second, told once, when the second is over.
            KTable<String, String> names = builder.table(a.get("table").asText(), Consumed.with(text, text), Materialized.as("names"));
            builder.stream(a.get("input").asText(), Consumed.with(text, text))
                    .join(names, (click, name) -> name, Joined.with(text, text, text))
                    .groupByKey(Grouped.with(text, text))
                    .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(WINDOW_MS)))
                    .aggregate(() -> "", (key, name, soFar) -> name + "=" + (1 + number(soFar)),
                            Materialized.<String, String, WindowStore<Bytes, byte[]>>as("seconds").withKeySerde(text).withValueSerde(text))
                    .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded()).withName("closed"))
                    .toStream((window, told) -> told.substring(0, told.indexOf('=')) + "@" + window.window().start())
                    .mapValues(told -> (long) number(told))
                    .to(output, Produced.with(text, Serdes.Long()));
        } else {
            builder.stream(a.get("input").asText(), Consumed.with(text, text))
                    .flatMapValues(line -> Arrays.asList(line.split(" ")))
                    .groupBy((key, word) -> word, Grouped.with("words", text, text))
                    .count(Materialized.as("counts"))
                    .toStream()
                    .to(output, Produced.with(text, Serdes.Long()));
        }
        return builder.build();
    }

    private static int number(String told) {
        return told.isEmpty() ? 0 : Integer.parseInt(told.substring(told.indexOf('=') + 1));
    }

    private static void look(App app, ObjectNode answer) {
        answer.put("state", app.streams.state().toString());
        app.errors.forEach(answer.putArray("errors")::add);
        ObjectNode restored = answer.putObject("restored");
        app.restored.forEach(restored::put);
        answer.put("tasks", app.streams.metadataForLocalThreads().stream().mapToInt(t -> t.activeTasks().size()).sum());
    }

    /** Interactive query: what the local part of the word count's store holds. */
    private static void store(App app, ObjectNode answer) {
        ReadOnlyKeyValueStore<String, Long> store = app.streams.store(
                StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.keyValueStore()));
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(e -> answer.put(e.key, e.value));
        }
    }

    /** Key -> its values in order, of all partitions up to their present ends. */
    private void read(JsonNode a, ObjectNode answer) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "isolation.level",
                a.get("isolation").asText(), "fetch.max.wait.ms", 50, "max.poll.records", 10000);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
             LongDeserializer number = new LongDeserializer()) {
            List<TopicPartition> all = consumer.partitionsFor(a.get("topic").asText()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long until = System.nanoTime() + 60_000_000_000L;
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                if (System.nanoTime() > until)
                    throw new IllegalStateException("no end of " + ends);
                for (ConsumerRecord<String, byte[]> r : consumer.poll(Duration.ofMillis(100))) {
                    if (r.value() == null)
                        answer.withArray(r.key()).addNull();
                    else
                        answer.withArray(r.key()).add(number.deserialize(r.topic(), r.value()));
                }
            }
        }
    }
}
