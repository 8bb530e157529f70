import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Transactional producers, by name of their holder. Keeps to what clients of 2.1 have. */
final class Txns {
    private static final class Holder {
        KafkaProducer<byte[], byte[]> producer;
        boolean begun;

        KafkaProducer<byte[], byte[]> begin() {
            if (!begun)
                producer.beginTransaction();
            begun = true;
            return producer;
        }
    }

    private final String bootstrap;
    private final Map<String, Holder> holders = new HashMap<>();

    Txns(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    boolean run(JsonNode a, ObjectNode answer) throws Exception {
        switch (a.get("op").asText()) {
            case "txn_init":
                init(a);
                return true;
            case "txn_write":
                write(a);
                return true;
            case "txn_offsets":
                offsets(a);
                return true;
            case "txn_end":
                end(holders.get(a.get("holder").asText()), a.get("commit").asBoolean());
                return true;
            case "txn_copy":
                copy(a, answer);
                return true;
            case "read":
                read(a, answer);
                return true;
            default:
                return false;
        }
    }

    private void init(JsonNode a) {
        Holder h = new Holder();
        h.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "transactional.id", a.get("id").asText(),
                "transaction.timeout.ms", a.path("timeout_ms").asInt(60000), "max.block.ms", 30000, "linger.ms", 0),
                new ByteArraySerializer(), new ByteArraySerializer());
        holders.put(a.get("holder").asText(), h);
        h.producer.initTransactions();
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonNode a) throws Exception {
        KafkaProducer<byte[], byte[]> producer = holders.get(a.get("holder").asText()).begin();
        List<Future<?>> sent = new ArrayList<>();
        for (JsonNode v : a.get("values"))
            sent.add(producer.send(new ProducerRecord<>(a.get("topic").asText(), v.get(0).asInt(), null, bytes(v.get(1).asText()))));
        producer.flush();
        for (Future<?> f : sent)
            f.get();
    }

    private void offsets(JsonNode a) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (JsonNode o : a.get("offsets"))
            offsets.put(new TopicPartition(a.get("topic").asText(), o.get(0).asInt()), new OffsetAndMetadata(o.get(1).asLong()));
        Since.send(holders.get(a.get("holder").asText()).begin(), offsets, a.get("group").asText(), null);
    }

    private static void end(Holder h, boolean commit) {
        h.begun = false;
        if (commit)
            h.producer.commitTransaction();
        else
            h.producer.abortTransaction();
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false,
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "fetch.max.wait.ms", 50));
        config.putAll(more);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read(JsonNode a, ObjectNode answer) {
        String topic = a.get("topic").asText();
        ObjectNode values = answer.putObject("values");
        Set<Integer> open = new HashSet<>();
        List<TopicPartition> all = new ArrayList<>();
        for (JsonNode p : a.get("read")) {
            values.putArray(p.asText());
            open.add(p.asInt());
            all.add(new TopicPartition(topic, p.asInt()));
        }
        long until = System.nanoTime() + 30_000_000_000L;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (!open.isEmpty()) {
                if (System.nanoTime() > until)
                    throw new IllegalStateException("no end of " + open);
                for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
                    String text = new String(r.value(), StandardCharsets.UTF_8);
                    if (text.equals(a.get("end").asText()))
                        open.remove(r.partition());
                    else if (open.contains(r.partition()))
                        values.withArray(String.valueOf(r.partition())).add(text);
                }
            }
        }
    }

    private void copy(JsonNode a, ObjectNode answer) throws Exception {
        Holder h = holders.get(a.get("holder").asText());
        int done = 0, turns = 0, abortEach = a.path("abort_each").asInt(0);
        long until = System.nanoTime() + a.path("ms").asLong(30000) * 1_000_000L;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of("group.id", a.get("group").asText(),
                "session.timeout.ms", 6000, "max.poll.records", 20))) {
            consumer.subscribe(List.of(a.get("topic").asText()));
            while (done < a.get("count").asInt() && System.nanoTime() < until) {
                ConsumerRecords<byte[], byte[]> got = consumer.poll(Duration.ofMillis(200));
                if (got.isEmpty())
                    continue;
                turns++;
                h.begin();
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                Map<TopicPartition, Long> first = new HashMap<>();
                for (ConsumerRecord<byte[], byte[]> r : got) {
                    TopicPartition p = new TopicPartition(r.topic(), r.partition());
                    h.producer.send(new ProducerRecord<>(a.get("to").asText(), r.partition(), null, r.value()));
                    offsets.put(p, new OffsetAndMetadata(r.offset() + 1));
                    first.putIfAbsent(p, r.offset());
                }
                Since.send(h.producer, offsets, a.get("group").asText(), consumer);
                boolean abort = abortEach > 0 && turns % abortEach == 0;
                end(h, !abort);
                if (abort)
                    first.forEach(consumer::seek);
                else
                    done += got.count();
            }
        }
        answer.put("copied", done);
    }
}
