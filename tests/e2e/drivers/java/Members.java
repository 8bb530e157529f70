import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that subscribe, by name. */
final class Members {
    private static final Map<String, String> STRATEGIES = Map.of("range", "RangeAssignor", "roundrobin", "RoundRobinAssignor",
            "sticky", "StickyAssignor", "cooperative-sticky", "CooperativeStickyAssignor");

    private static final class Member implements ConsumerRebalanceListener {
        KafkaConsumer<byte[], byte[]> consumer;
        final List<String> told = new ArrayList<>();
        final List<List<Integer>> about = new ArrayList<>();

        private void tell(String what, Collection<TopicPartition> partitions) {
            told.add(what);
            about.add(partitions.stream().map(TopicPartition::partition).sorted().toList());
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            tell("assign", partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            tell("revoke", partitions);
        }
    }

    private final String bootstrap;
    private final Map<String, Member> members = new LinkedHashMap<>();

    Members(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    boolean run(JsonNode asked, ObjectNode answer) {
        switch (asked.get("op").asText()) {
            case "join":
                join(asked);
                return true;
            case "turn":
                turn(asked, answer.putObject("members"));
                return true;
            case "settle":
                members.get(asked.get("member").asText()).consumer.commitSync();
                return true;
            case "leave":
                members.remove(asked.get("member").asText()).consumer.close();
                return true;
            default:
                return false;
        }
    }

    private void join(JsonNode asked) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("group.id", asked.get("group").asText());
        config.put("client.id", asked.get("member").asText());
        config.put("enable.auto.commit", asked.path("auto").asBoolean(false));
        config.put("auto.commit.interval.ms", 200);
        config.put("auto.offset.reset", "earliest");
        config.put("fetch.max.wait.ms", 100);
        config.put("max.poll.interval.ms", asked.path("poll_max_ms").asInt(60000));
        boolean classic = asked.path("protocol").asText("classic").equals("classic");
        if (classic) {
            config.put("session.timeout.ms", asked.path("session_ms").asInt(6000));
            config.put("heartbeat.interval.ms", 500);
            config.put("partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer." + STRATEGIES.get(asked.path("strategy").asText("range")));
        } else {
            config.put("group.protocol", "consumer");
            if (asked.has("assignor"))
                config.put("group.remote.assignor", asked.get("assignor").asText());
        }
        if (asked.has("instance"))
            config.put("group.instance.id", asked.get("instance").asText());
        Member m = new Member();
        m.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        if (asked.path("regex").asBoolean(false))
            m.consumer.subscribe(new SubscriptionPattern(asked.get("topic").asText()), m);
        else
            m.consumer.subscribe(List.of(asked.get("topic").asText()), m);
        members.put(asked.get("member").asText(), m);
    }

    private void turn(JsonNode asked, ObjectNode answer) {
        for (JsonNode name : asked.get("members")) {
            Member m = members.get(name.asText());
            ObjectNode out = answer.putObject(name.asText());
            ArrayNode records = out.putArray("records");
            for (ConsumerRecord<byte[], byte[]> r : m.consumer.poll(Duration.ofMillis(asked.get("ms").asLong())))
                records.addArray().add(r.partition()).add(r.offset());
            ArrayNode owned = out.putArray("owned");
            m.consumer.assignment().stream().map(TopicPartition::partition).sorted().forEach(owned::add);
            ArrayNode told = out.putArray("told");
            for (int i = 0; i < m.told.size(); i++)
                m.about.get(i).forEach(told.addArray().add(m.told.get(i)).addArray()::add);
            m.told.clear();
            m.about.clear();
        }
    }
}
