import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producer, consumer with assigned partitions, and admin client. Keeps to what clients of 2.1 have; the rest is in Since. */
final class Clients {
    private static final long FETCH_S = 30;
    private final String bootstrap;
    private final AdminClient admin;

    Clients(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = AdminClient.create(Map.of("bootstrap.servers", bootstrap));
    }

    void close() {
        admin.close();
    }

    void run(JsonNode asked, ObjectNode answer) throws Exception {
        String topic = asked.path("topic").asText();
        switch (asked.get("op").asText()) {
            case "create":
                NewTopic fresh = new NewTopic(topic, asked.get("partitions").asInt(),
                        (short) asked.path("replication").asInt(1));
                admin.createTopics(List.of(fresh.configs(map(asked.get("configs"))))).all().get();
                break;
            case "list":
                admin.listTopics().names().get().forEach(answer.putArray("topics")::add);
                break;
            case "delete":
                admin.deleteTopics(List.of(topic)).all().get();
                break;
            case "grow":
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(asked.get("partitions").asInt()))).all().get();
                break;
            case "alter":
                Since.alter(admin, resource(topic), map(asked.get("configs")));
                break;
            case "describe":
                ObjectNode configs = answer.putObject("configs");
                admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic)).entries()
                        .forEach(e -> configs.put(e.name(), e.value()));
                break;
            case "trim":
                admin.deleteRecords(Map.of(new TopicPartition(topic, asked.get("partition").asInt()),
                        RecordsToDelete.beforeOffset(asked.get("offset").asLong()))).all().get();
                break;
            case "cluster":
                DescribeClusterResult cluster = admin.describeCluster();
                answer.put("id", cluster.clusterId().get()).put("controller", cluster.controller().get().id());
                ArrayNode nodes = answer.putArray("nodes");
                cluster.nodes().get().forEach(n -> nodes.add(n.id() + "@" + n.host() + ":" + n.port()));
                break;
            case "produce":
                produce(asked, topic, answer);
                break;
            case "fetch":
                fetch(asked, topic);
                break;
            case "offsets":
                offsets(asked, topic, answer);
                break;
            default:
                throw new IllegalArgumentException("no such operation");
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> out = new HashMap<>();
        node.properties().forEach(e -> out.put(e.getKey(), e.getValue().asText()));
        return out;
    }

    private void produce(JsonNode asked, String topic, ObjectNode answer) throws Exception {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("acks", asked.get("acks").asText());
        config.put("enable.idempotence", asked.get("idempotent").asBoolean());
        config.put("compression.type", asked.get("codec").asText());
        config.put("linger.ms", asked.path("linger_ms").asInt(20));
        config.put("max.request.size", asked.path("max_bytes").asInt(1 << 20) + 1024);
        config.put("delivery.timeout.ms", 40000);
        config.put("request.timeout.ms", 30000);
        List<ProducerRecord<byte[], byte[]>> records = Records.read(asked.get("file").asText(), topic);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        String error = null;
        int acked = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
                DataOutputStream out = Records.create(asked.get("acks_file").asText())) {
            for (ProducerRecord<byte[], byte[]> r : records)
                sent.add(producer.send(r));
            producer.flush();
            for (Future<RecordMetadata> f : sent) {
                int partition = -1;
                long offset = -1;
                try {
                    RecordMetadata done = f.get(40, TimeUnit.SECONDS);
                    partition = done.partition();
                    offset = done.hasOffset() ? done.offset() : -1;
                    acked++;
                } catch (ExecutionException e) {
                    error = e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
                }
                out.writeInt(partition);
                out.writeLong(offset);
            }
        }
        answer.put("acked", acked);
        if (error != null)
            answer.put("error", (records.size() - acked) + " records failed, the last with " + error);
    }

    private KafkaConsumer<byte[], byte[]> consumer(int maxBytes) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "none");
        config.put("fetch.max.wait.ms", 100);
        config.put("max.partition.fetch.bytes", maxBytes);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void fetch(JsonNode asked, String topic) throws Exception {
        Map<TopicPartition, Integer> left = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(asked.path("max_bytes").asInt(1 << 20));
                DataOutputStream out = Records.create(asked.get("file").asText())) {
            asked.get("from").forEach(w -> left.put(new TopicPartition(topic, w.get(0).asInt()), w.get(2).asInt()));
            consumer.assign(left.keySet());
            asked.get("from").forEach(w -> consumer.seek(new TopicPartition(topic, w.get(0).asInt()), w.get(1).asLong()));
            left.values().removeIf(n -> n == 0);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FETCH_S);
            while (!left.isEmpty() && System.nanoTime() < end) {
                ConsumerRecords<byte[], byte[]> got = consumer.poll(Duration.ofMillis(200));
                for (ConsumerRecord<byte[], byte[]> r : got) {
                    TopicPartition tp = new TopicPartition(topic, r.partition());
                    Integer n = left.get(tp);
                    if (n == null)
                        continue;
                    Records.write(out, r);
                    left.compute(tp, (k, v) -> n == 1 ? null : n - 1);
                }
            }
        }
        if (!left.isEmpty())
            throw new IllegalStateException("records still missing by partition: " + left);
    }

    /** Through both ways that Java has since 2.5: the consumer's and the admin client's. */
    private void offsets(JsonNode asked, String topic, ObjectNode answer) throws Exception {
        TopicPartition tp = new TopicPartition(topic, asked.get("partition").asInt());
        ArrayNode out = answer.putArray("offsets");
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(1 << 20)) {
            for (JsonNode node : asked.get("times")) {
                long t = node.asLong();
                long byConsumer;
                if (t == -1) {
                    byConsumer = consumer.endOffsets(List.of(tp)).get(tp);
                } else if (t == -2) {
                    byConsumer = consumer.beginningOffsets(List.of(tp)).get(tp);
                } else {
                    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(tp, t)).get(tp);
                    byConsumer = found == null ? -1 : found.offset();
                }
                if (Since.V2_5 && Since.offset(admin, tp, t) != byConsumer)
                    throw new IllegalStateException("time " + t + ": admin " + Since.offset(admin, tp, t) + ", consumer " + byConsumer);
                out.add(byConsumer);
            }
        }
    }
}
