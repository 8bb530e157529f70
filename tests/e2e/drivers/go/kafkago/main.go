// The driver for segmentio/kafka-go: its Writer and Reader, and its Client for what these do not do.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"millrace.test/drivers/line"
)

const limit = 30 * time.Second

type driver struct {
	bootstrap string
	client    *kafka.Client
	members   map[string]*member
	holders   map[string]*holder
}

func main() {
	d := &driver{bootstrap: os.Args[1], members: map[string]*member{}, holders: map[string]*holder{}}
	d.client = &kafka.Client{Addr: kafka.TCP(d.bootstrap), Timeout: limit, Transport: transport()}
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/segmentio/kafka-go" {
				version = m.Version
			}
		}
	}
	line.Serve(line.Hello{Client: "kafka-go", Version: version, Codecs: line.Codecs, Can: []string{"create", "list", "delete", "grow",
		"alter", "describe", "produce", "fetch", "offsets", "times", "acks0", "join", "turn", "settle", "leave", "txn_init",
		"txn_write", "txn_offsets", "txn_end"}}, d.run)
}

// transport has the connections and what is known of the cluster.
func transport() *kafka.Transport {
	return &kafka.Transport{ClientID: "e2e-kafkago", MetadataTTL: 200 * time.Millisecond}
}

func (d *driver) run(a *line.Asked, answer line.Answer) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	switch a.Op {
	case "create":
		return d.create(ctx, a)
	case "list":
		got, err := d.client.Metadata(ctx, &kafka.MetadataRequest{})
		if err != nil {
			return err
		}
		names := []string{}
		for _, t := range got.Topics {
			names = append(names, t.Name)
		}
		answer["topics"] = names
		return nil
	case "delete":
		got, err := d.client.DeleteTopics(ctx, &kafka.DeleteTopicsRequest{Topics: []string{a.Topic}})
		if err != nil {
			return err
		}
		return got.Errors[a.Topic]
	case "grow":
		got, err := d.client.CreatePartitions(ctx, &kafka.CreatePartitionsRequest{
			Topics: []kafka.TopicPartitionsConfig{{Name: a.Topic, Count: a.Partitions}}})
		if err != nil {
			return err
		}
		return got.Errors[a.Topic]
	case "alter":
		return d.alter(ctx, a)
	case "describe":
		return d.describe(ctx, a, answer)
	case "produce":
		return d.produce(ctx, a, answer)
	case "fetch":
		return d.fetch(ctx, a)
	case "offsets":
		return d.offsets(ctx, a, answer)
	case "join":
		return d.join(a)
	case "turn":
		return d.turn(ctx, a, answer)
	case "settle":
		return d.members[a.Member].settle()
	case "leave":
		return d.leave(a.Member)
	case "txn_init":
		return d.txnInit(ctx, a)
	case "txn_write":
		return d.txnWrite(ctx, a)
	case "txn_offsets":
		return d.txnOffsets(ctx, a)
	case "txn_end":
		return d.txnEnd(ctx, a)
	}
	return errors.New("no such operation")
}

func (d *driver) create(ctx context.Context, a *line.Asked) error {
	topic := kafka.TopicConfig{Topic: a.Topic, NumPartitions: int(a.Partitions), ReplicationFactor: int(a.Replication)}
	for k, v := range a.Configs {
		topic.ConfigEntries = append(topic.ConfigEntries, kafka.ConfigEntry{ConfigName: k, ConfigValue: v})
	}
	got, err := d.client.CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{topic}})
	if err != nil {
		return err
	}
	return got.Errors[a.Topic]
}

func (d *driver) alter(ctx context.Context, a *line.Asked) error {
	resource := kafka.IncrementalAlterConfigsRequestResource{ResourceType: kafka.ResourceTypeTopic, ResourceName: a.Topic}
	for k, v := range a.Configs {
		resource.Configs = append(resource.Configs, kafka.IncrementalAlterConfigsRequestConfig{Name: k, Value: v})
	}
	got, err := d.client.IncrementalAlterConfigs(ctx, &kafka.IncrementalAlterConfigsRequest{
		Resources: []kafka.IncrementalAlterConfigsRequestResource{resource}})
	if err != nil {
		return err
	}
	return got.Resources[0].Error
}

func (d *driver) describe(ctx context.Context, a *line.Asked, answer line.Answer) error {
	got, err := d.client.DescribeConfigs(ctx, &kafka.DescribeConfigsRequest{Resources: []kafka.DescribeConfigRequestResource{
		{ResourceType: kafka.ResourceTypeTopic, ResourceName: a.Topic}}})
	if err != nil {
		return err
	}
	found := map[string]string{}
	for _, e := range got.Resources[0].ConfigEntries {
		found[e.ConfigName] = e.ConfigValue
	}
	answer["configs"] = found
	return got.Resources[0].Error
}

// produce writes with a Writer, which keeps the order within a partition; it cannot be idempotent.
func (d *driver) produce(ctx context.Context, a *line.Asked, answer line.Answer) error {
	records, err := line.Read(a.File)
	if err != nil {
		return err
	}
	keyed := &kafka.Hash{}
	var mu sync.Mutex
	results := make([]line.Ack, len(records))
	acked := 0
	fresh := transport()
	defer fresh.CloseIdleConnections()
	w := &kafka.Writer{Addr: d.client.Addr, Topic: a.Topic, Transport: fresh, MaxAttempts: 3, BatchSize: 1000,
		BatchTimeout: time.Duration(a.LingerMs) * time.Millisecond,
		RequiredAcks: map[string]kafka.RequiredAcks{"0": kafka.RequireNone, "1": kafka.RequireOne, "all": kafka.RequireAll}[a.Acks],
		Compression: map[string]kafka.Compression{"gzip": kafka.Gzip, "snappy": kafka.Snappy, "lz4": kafka.Lz4,
			"zstd": kafka.Zstd}[a.Codec],
		Balancer: kafka.BalancerFunc(func(m kafka.Message, partitions ...int) int {
			if p := records[m.WriterData.(int)].Partition; p >= 0 {
				return int(p)
			}
			return keyed.Balance(m, partitions...)
		}),
		Completion: func(done []kafka.Message, err error) {
			mu.Lock()
			defer mu.Unlock()
			for _, m := range done {
				if i := m.WriterData.(int); a.Acks == "0" { // it tells neither partition nor offset
					results[i] = line.Ack{Partition: records[i].Partition, Offset: -1}
				} else if err == nil {
					results[i] = line.Ack{Partition: int32(m.Partition), Offset: m.Offset}
					acked++
				}
			}
		}}
	if a.MaxBytes > 0 {
		w.BatchBytes = int64(a.MaxBytes)
	}
	all := make([]kafka.Message, len(records))
	for i, r := range records {
		results[i] = line.Ack{Partition: -1, Offset: -1}
		all[i] = kafka.Message{Key: r.Key, Value: r.Value, Time: time.UnixMilli(r.Timestamp), WriterData: i}
		for _, h := range r.Headers {
			all[i].Headers = append(all[i].Headers, kafka.Header{Key: h.Name, Value: h.Value})
		}
	}
	err = w.WriteMessages(ctx, all...)
	if many := (kafka.WriteErrors)(nil); errors.As(err, &many) {
		first := many[slices.IndexFunc(many, func(e error) bool { return e != nil })]
		err = fmt.Errorf("%d records failed: %w", many.Count(), first)
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	answer["acked"] = acked
	if wrote := line.WriteAcks(a.AcksFile, results); err == nil {
		err = wrote
	}
	return err
}

// fetch reads everything twice, with a Client and with a Reader, which must agree. Null and empty are one to the Reader.
func (d *driver) fetch(ctx context.Context, a *line.Asked) error {
	size := 1 << 20
	if a.MaxBytes > 0 {
		size = int(a.MaxBytes)
	}
	out := make([][]line.Record, len(a.From))
	fail := make([]error, len(a.From))
	fresh := transport() // the other one may not have heard of new partitions yet
	defer fresh.CloseIdleConnections()
	client := &kafka.Client{Addr: d.client.Addr, Transport: fresh}
	var all sync.WaitGroup
	for i, w := range a.From {
		all.Go(func() {
			out[i], fail[i] = fetchOne(ctx, client, a.Topic, int(w[0]), w[1], int(w[2]), size)
			if fail[i] == nil {
				fail[i] = d.compareReader(ctx, a.Topic, int(w[0]), size, out[i])
			}
		})
	}
	all.Wait()
	if err := errors.Join(fail...); err != nil {
		return err
	}
	return line.Write(a.File, slices.Concat(out...))
}

func fetchOne(ctx context.Context, client *kafka.Client, topic string, partition int, offset int64, count, size int) ([]line.Record, error) {
	var out []line.Record
	for len(out) < count {
		got, err := client.Fetch(ctx, &kafka.FetchRequest{Topic: topic, Partition: partition, Offset: offset, MinBytes: 1,
			MaxBytes: int64(size), MaxWait: 100 * time.Millisecond})
		if err == nil {
			err = got.Error
		}
		for err == nil {
			var r *kafka.Record
			if r, err = got.Records.ReadRecord(); err != nil {
				break
			}
			rec := line.Record{Partition: int32(partition), Offset: r.Offset, Timestamp: r.Time.UnixMilli()}
			rec.Key, err = whole(r.Key)
			if err == nil {
				rec.Value, err = whole(r.Value)
			}
			for _, h := range r.Headers {
				rec.Headers = append(rec.Headers, line.Header{Name: h.Key, Value: h.Value})
			}
			if r.Offset >= offset && len(out) < count { // a batch may begin before what was asked for
				out = append(out, rec)
				offset = r.Offset + 1
			}
		}
		if !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("partition %d: %d records still missing: %w", partition, count-len(out), err)
		}
	}
	return out, nil
}

func whole(b kafka.Bytes) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	return kafka.ReadAll(b)
}

func (d *driver) compareReader(ctx context.Context, topic string, partition, size int, want []line.Record) error {
	if len(want) == 0 {
		return nil
	}
	r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{d.bootstrap}, Topic: topic, Partition: partition, MinBytes: 1,
		MaxBytes: size, MaxWait: 100 * time.Millisecond})
	defer r.Close()
	if err := r.SetOffset(want[0].Offset); err != nil {
		return err
	}
	for _, w := range want {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			return fmt.Errorf("Reader, partition %d, offset %d: %w", partition, w.Offset, err)
		}
		if m.Offset != w.Offset || m.Time.UnixMilli() != w.Timestamp || !bytes.Equal(m.Key, w.Key) || !bytes.Equal(m.Value, w.Value) ||
			!slices.EqualFunc(m.Headers, w.Headers, func(a kafka.Header, b line.Header) bool {
				return a.Key == b.Name && bytes.Equal(a.Value, b.Value)
			}) {
			return fmt.Errorf("Reader and Client differ at partition %d, offset %d", partition, w.Offset)
		}
	}
	return nil
}

func (d *driver) offsets(ctx context.Context, a *line.Asked, answer line.Answer) error {
	var out []int64
	for _, t := range a.Times {
		got, err := d.client.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{
			a.Topic: {{Partition: int(a.Partition), Timestamp: t}}}})
		if err != nil {
			return err
		}
		p := got.Topics[a.Topic][0]
		if p.Error != nil {
			return p.Error
		}
		found := map[int64]int64{kafka.FirstOffset: p.FirstOffset, kafka.LastOffset: p.LastOffset}
		for offset := range p.Offsets {
			found[t] = offset
		}
		out = append(out, found[t])
	}
	answer["offsets"] = out
	return nil
}
