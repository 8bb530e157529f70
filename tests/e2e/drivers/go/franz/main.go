// The driver for franz-go.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"millrace.test/drivers/line"
)

const limit = 40 * time.Second

type driver struct {
	bootstrap string
	admin     *kadm.Client
	members   map[string]*member
}

func main() {
	d := &driver{bootstrap: os.Args[1], members: map[string]*member{}}
	cl, err := kgo.NewClient(kgo.SeedBrokers(d.bootstrap))
	if err != nil {
		panic(err)
	}
	d.admin = kadm.NewClient(cl)
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/twmb/franz-go" {
				version = m.Version
			}
		}
	}
	line.Serve(line.Hello{Client: "franz-go", Version: version, Codecs: line.Codecs, Can: line.Can}, d.run)
}

func (d *driver) run(a *line.Asked, answer line.Answer) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	switch a.Op {
	case "create":
		configs := map[string]*string{}
		for k, v := range a.Configs {
			configs[k] = &v
		}
		got, err := d.admin.CreateTopic(ctx, a.Partitions, a.Replication, configs, a.Topic)
		return described(err, got.ErrMessage)
	case "list":
		got, err := d.admin.ListTopics(ctx)
		answer["topics"] = got.Names()
		return err
	case "delete":
		got, err := d.admin.DeleteTopic(ctx, a.Topic)
		return described(err, got.ErrMessage)
	case "grow":
		got, err := d.admin.UpdatePartitions(ctx, int(a.Partitions), a.Topic)
		if err == nil {
			for _, t := range got {
				err = errors.Join(err, described(t.Err, t.ErrMessage))
			}
		}
		return err
	case "alter":
		var ops []kadm.AlterConfig
		for k, v := range a.Configs {
			ops = append(ops, kadm.AlterConfig{Op: kadm.SetConfig, Name: k, Value: &v})
		}
		got, err := d.admin.AlterTopicConfigs(ctx, ops, a.Topic)
		for _, r := range got {
			err = errors.Join(err, described(r.Err, r.ErrMessage))
		}
		return err
	case "describe":
		got, err := d.admin.DescribeTopicConfigs(ctx, a.Topic)
		found := map[string]*string{}
		for _, r := range got {
			err = errors.Join(err, r.Err)
			for _, c := range r.Configs {
				found[c.Key] = c.Value
			}
		}
		answer["configs"] = found
		return err
	case "trim":
		to := kadm.Offsets{}
		to.AddOffset(a.Topic, a.Partition, a.Offset, -1)
		got, err := d.admin.DeleteRecords(ctx, to)
		return errors.Join(err, got.Error())
	case "produce":
		return d.produce(ctx, a, answer)
	case "fetch":
		return d.fetch(ctx, a)
	case "offsets":
		return d.offsets(ctx, a, answer)
	case "join":
		return d.join(a)
	case "turn":
		return d.turn(a, answer)
	case "settle":
		return d.settle(ctx, a.Member)
	case "leave":
		d.leave(a.Member)
		return nil
	}
	return fmt.Errorf("no such operation")
}

func described(err error, message string) error {
	if err == nil || message == "" {
		return err
	}
	return fmt.Errorf("%w: %s", err, message)
}

func (d *driver) produce(ctx context.Context, a *line.Asked, answer line.Answer) error {
	records, err := line.Read(a.File)
	if err != nil {
		return err
	}
	codec := map[string]kgo.CompressionCodec{"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(),
		"snappy": kgo.SnappyCompression(), "lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression()}[a.Codec]
	acks := map[string]kgo.Acks{"0": kgo.NoAck(), "1": kgo.LeaderAck(), "all": kgo.AllISRAcks()}[a.Acks]
	opts := []kgo.Opt{kgo.SeedBrokers(d.bootstrap), kgo.ProducerBatchCompression(codec), kgo.RequiredAcks(acks),
		kgo.ProducerLinger(time.Duration(a.LingerMs) * time.Millisecond), kgo.MaxBufferedRecords(100000)}
	if a.MaxBytes > 0 {
		opts = append(opts, kgo.ProducerBatchMaxBytes(a.MaxBytes))
	}
	if !a.Idempotent {
		opts = append(opts, kgo.DisableIdempotentWrite())
	}
	if len(records) > 0 && records[0].Partition >= 0 {
		opts = append(opts, kgo.RecordPartitioner(kgo.ManualPartitioner()))
	}
	cl, err := kgo.NewClient(opts...)
	if err != nil {
		return err
	}
	defer cl.Close()
	results := make([]line.Ack, len(records))
	errs := make(chan error, len(records))
	for i, r := range records {
		rec := &kgo.Record{Topic: a.Topic, Partition: r.Partition, Key: r.Key, Value: r.Value,
			Timestamp: time.UnixMilli(r.Timestamp)}
		for _, h := range r.Headers {
			rec.Headers = append(rec.Headers, kgo.RecordHeader{Key: h.Name, Value: h.Value})
		}
		results[i] = line.Ack{Partition: -1, Offset: -1}
		cl.Produce(ctx, rec, func(done *kgo.Record, err error) {
			if err != nil {
				errs <- err
				return
			}
			results[i] = line.Ack{Partition: done.Partition, Offset: done.Offset}
		})
	}
	if err := cl.Flush(ctx); err != nil {
		return err
	}
	answer["acked"] = len(records) - len(errs)
	if err := line.WriteAcks(a.AcksFile, results); err != nil {
		return err
	}
	if n := len(errs); n > 0 {
		return fmt.Errorf("%d records failed: %w", n, <-errs)
	}
	return nil
}

func (d *driver) fetch(ctx context.Context, a *line.Asked) error {
	left := map[int32]int64{}
	from := map[int32]kgo.Offset{}
	var total int64
	for _, w := range a.From {
		from[int32(w[0])] = kgo.NewOffset().At(w[1])
		left[int32(w[0])] = w[2]
		total += w[2]
	}
	opts := []kgo.Opt{kgo.SeedBrokers(d.bootstrap), kgo.FetchMaxWait(100 * time.Millisecond),
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{a.Topic: from}),
		kgo.ConsumeResetOffset(kgo.NoResetOffset())}
	if a.MaxBytes > 0 {
		opts = append(opts, kgo.FetchMaxPartitionBytes(a.MaxBytes))
	}
	cl, err := kgo.NewClient(opts...)
	if err != nil {
		return err
	}
	defer cl.Close()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	var out []line.Record
	for total > 0 {
		got := cl.PollFetches(ctx)
		if errs := got.Errors(); len(errs) > 0 {
			return fmt.Errorf("partition %d: %w; still missing: %v", errs[0].Partition, errs[0].Err, left)
		}
		got.EachRecord(func(r *kgo.Record) {
			if left[r.Partition] == 0 {
				return
			}
			left[r.Partition]--
			total--
			rec := line.Record{Partition: r.Partition, Offset: r.Offset, Timestamp: r.Timestamp.UnixMilli(), Key: r.Key,
				Value: r.Value}
			for _, h := range r.Headers {
				rec.Headers = append(rec.Headers, line.Header{Name: h.Key, Value: h.Value})
			}
			out = append(out, rec)
		})
	}
	return line.Write(a.File, out)
}

func (d *driver) offsets(ctx context.Context, a *line.Asked, answer line.Answer) error {
	var out []int64
	for _, t := range a.Times {
		var got kadm.ListedOffsets
		var err error
		switch t {
		case -1:
			got, err = d.admin.ListEndOffsets(ctx, a.Topic)
		case -2:
			got, err = d.admin.ListStartOffsets(ctx, a.Topic)
		default:
			got, err = d.admin.ListOffsetsAfterMilli(ctx, t, a.Topic)
		}
		if err != nil {
			return err
		}
		o, _ := got.Lookup(a.Topic, a.Partition)
		if o.Err != nil {
			return o.Err
		}
		out = append(out, o.Offset)
	}
	answer["offsets"] = out
	return nil
}
