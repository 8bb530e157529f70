import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What came to the clients after 2.1, and how those before did it. The drivers are compiled once, against the peer's clients, and
 * run with any: a class that a client lacks is only looked for when a method of the inner classes is called; what newer ones
 * lack is found by its name.
 */
final class Since {
    static final boolean V2_3 = has("org.apache.kafka.clients.admin.AlterConfigOp");
    static final boolean V2_5 = has("org.apache.kafka.clients.admin.OffsetSpec");

    private Since() {}

    private static boolean has(String name) {
        try {
            Class.forName(name, false, Since.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Before 2.3 (KIP-339) a topic's configs are replaced as a whole; 4.0 took that away. */
    static void alter(AdminClient admin, ConfigResource of, Map<String, String> configs) throws Exception {
        if (V2_3) {
            In23.alter(admin, of, configs);
            return;
        }
        List<ConfigEntry> entries = new ArrayList<>();
        configs.forEach((k, v) -> entries.add(new ConfigEntry(k, v)));
        Object result = AdminClient.class.getMethod("alterConfigs", Map.class).invoke(admin, Map.of(of, new Config(entries)));
        ((KafkaFuture<?>) result.getClass().getMethod("all").invoke(result)).get();
    }

    /** Since 2.5 (KIP-396): the offset for a time, or -1 for the latest, -2 for the earliest. */
    static long offset(AdminClient admin, TopicPartition of, long time) throws Exception {
        return In25.offset(admin, of, time);
    }

    /** Before 2.5 (KIP-447) a transaction knows the group by its name alone. consumer: a member, or null for none. */
    static void send(KafkaProducer<byte[], byte[]> producer, Map<TopicPartition, OffsetAndMetadata> offsets, String group,
            KafkaConsumer<byte[], byte[]> consumer) throws Exception {
        if (V2_5)
            In25.send(producer, offsets, group, consumer);
        else
            KafkaProducer.class.getMethod("sendOffsetsToTransaction", Map.class, String.class).invoke(producer, offsets, group);
    }

    private static final class In23 {
        static void alter(AdminClient admin, ConfigResource of, Map<String, String> configs) throws Exception {
            List<AlterConfigOp> ops = new ArrayList<>();
            configs.forEach((k, v) -> ops.add(new AlterConfigOp(new ConfigEntry(k, v), AlterConfigOp.OpType.SET)));
            admin.incrementalAlterConfigs(Map.of(of, ops)).all().get();
        }
    }

    private static final class In25 {
        static long offset(AdminClient admin, TopicPartition of, long time) throws Exception {
            OffsetSpec spec = time == -1 ? OffsetSpec.latest() : time == -2 ? OffsetSpec.earliest() : OffsetSpec.forTimestamp(time);
            return admin.listOffsets(Map.of(of, spec)).partitionResult(of).get().offset();
        }

        static void send(KafkaProducer<byte[], byte[]> producer, Map<TopicPartition, OffsetAndMetadata> offsets, String group,
                KafkaConsumer<byte[], byte[]> consumer) {
            producer.sendOffsetsToTransaction(offsets, consumer == null ? new ConsumerGroupMetadata(group) : consumer.groupMetadata());
        }
    }
}
