import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The record files of drivers/README.md. */
final class Records {
    private Records() {}

    static List<ProducerRecord<byte[], byte[]>> read(String path, String topic) throws IOException {
        List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(path)))) {
            while (true) {
                int partition;
                try {
                    partition = in.readInt();
                } catch (EOFException end) {
                    return out;
                }
                in.readLong();
                long timestamp = in.readLong();
                byte[] key = field(in);
                byte[] value = field(in);
                RecordHeaders headers = new RecordHeaders();
                for (int n = in.readInt(); n > 0; n--)
                    headers.add(new String(field(in), StandardCharsets.UTF_8), field(in));
                out.add(new ProducerRecord<>(topic, partition < 0 ? null : partition, timestamp, key, value, headers));
            }
        }
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int n = in.readInt();
        if (n < 0)
            return null;
        byte[] out = new byte[n];
        in.readFully(out);
        return out;
    }

    static DataOutputStream create(String path) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(new FileOutputStream(path)));
    }

    static void write(DataOutputStream out, ConsumerRecord<byte[], byte[]> r) throws IOException {
        out.writeInt(r.partition());
        out.writeLong(r.offset());
        out.writeLong(r.timestamp());
        put(out, r.key());
        put(out, r.value());
        Header[] headers = r.headers().toArray();
        out.writeInt(headers.length);
        for (Header h : headers) {
            put(out, h.key().getBytes(StandardCharsets.UTF_8));
            put(out, h.value());
        }
    }

    private static void put(DataOutputStream out, byte[] data) throws IOException {
        out.writeInt(data == null ? -1 : data.length);
        if (data != null)
            out.write(data);
    }
}
