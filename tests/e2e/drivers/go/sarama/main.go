// The driver for sarama.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/IBM/sarama"
	"millrace.test/drivers/line"
)

const limit = 30 * time.Second

type driver struct {
	bootstrap []string
	admin     sarama.ClusterAdmin
	members   map[string]*member
}

func config() *sarama.Config {
	c := sarama.NewConfig()
	c.Version = sarama.MaxVersion // the version it claims decides which requests it sends
	c.ClientID = "e2e-sarama"
	return c
}

func main() {
	d := &driver{bootstrap: []string{os.Args[1]}, members: map[string]*member{}}
	admin, err := sarama.NewClusterAdmin(d.bootstrap, config())
	if err != nil {
		panic(err)
	}
	d.admin = admin
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/IBM/sarama" {
				version = m.Version
			}
		}
	}
	line.Serve(line.Hello{Client: "sarama", Version: version, Codecs: line.Codecs, Can: line.Can}, d.run)
}

func (d *driver) run(a *line.Asked, answer line.Answer) error {
	switch a.Op {
	case "create":
		configs := map[string]*string{}
		for k, v := range a.Configs {
			configs[k] = &v
		}
		return d.admin.CreateTopic(a.Topic, &sarama.TopicDetail{NumPartitions: a.Partitions,
			ReplicationFactor: a.Replication, ConfigEntries: configs}, false)
	case "list":
		got, err := d.admin.ListTopics()
		names := []string{}
		for n := range got {
			names = append(names, n)
		}
		answer["topics"] = names
		return err
	case "delete":
		return d.admin.DeleteTopic(a.Topic)
	case "grow":
		return d.admin.CreatePartitions(a.Topic, a.Partitions, nil, false)
	case "alter":
		ops := map[string]sarama.IncrementalAlterConfigsEntry{}
		for k, v := range a.Configs {
			ops[k] = sarama.IncrementalAlterConfigsEntry{Operation: sarama.IncrementalAlterConfigsOperationSet, Value: &v}
		}
		return d.admin.IncrementalAlterConfig(sarama.TopicResource, a.Topic, ops, false)
	case "describe":
		got, err := d.admin.DescribeConfig(sarama.ConfigResource{Type: sarama.TopicResource, Name: a.Topic})
		found := map[string]string{}
		for _, c := range got {
			found[c.Name] = c.Value
		}
		answer["configs"] = found
		return err
	case "trim":
		return d.admin.DeleteRecords(a.Topic, map[int32]int64{a.Partition: a.Offset})
	case "produce":
		return d.produce(a, answer)
	case "fetch":
		return d.fetch(a)
	case "offsets":
		return d.offsets(a, answer)
	case "join":
		return d.join(a)
	case "turn":
		return d.turn(a, answer)
	case "settle":
		d.settle(a.Member)
		return nil
	case "leave":
		return d.leave(a.Member)
	}
	return errors.New("no such operation")
}

// raw sends bytes, or null when there are none: a typed nil would be sent as an empty value.
func raw(data []byte) sarama.Encoder {
	if data == nil {
		return nil
	}
	return sarama.ByteEncoder(data)
}

func (d *driver) produce(a *line.Asked, answer line.Answer) error {
	records, err := line.Read(a.File)
	if err != nil {
		return err
	}
	c := config()
	c.Producer.Return.Successes = true
	c.Producer.RequiredAcks = map[string]sarama.RequiredAcks{"0": sarama.NoResponse, "1": sarama.WaitForLocal,
		"all": sarama.WaitForAll}[a.Acks]
	c.Producer.Compression = map[string]sarama.CompressionCodec{"none": sarama.CompressionNone,
		"gzip": sarama.CompressionGZIP, "snappy": sarama.CompressionSnappy, "lz4": sarama.CompressionLZ4,
		"zstd": sarama.CompressionZSTD}[a.Codec]
	c.Producer.Flush.Frequency = time.Duration(a.LingerMs) * time.Millisecond
	if a.MaxBytes > 0 {
		c.Producer.MaxMessageBytes = int(a.MaxBytes)
	}
	// One request at a time keeps the order of retries; the idempotent producer insists on it.
	c.Net.MaxOpenRequests = 1
	c.Producer.Idempotent = a.Idempotent
	if len(records) > 0 && records[0].Partition >= 0 {
		c.Producer.Partitioner = sarama.NewManualPartitioner
	}
	producer, err := sarama.NewAsyncProducer(d.bootstrap, c)
	if err != nil {
		return err
	}
	results := make([]line.Ack, len(records))
	go func() {
		for i, r := range records {
			results[i] = line.Ack{Partition: -1, Offset: -1}
			m := &sarama.ProducerMessage{Topic: a.Topic, Partition: r.Partition, Key: raw(r.Key), Value: raw(r.Value),
				Timestamp: time.UnixMilli(r.Timestamp), Metadata: i}
			for _, h := range r.Headers {
				m.Headers = append(m.Headers, sarama.RecordHeader{Key: []byte(h.Name), Value: h.Value})
			}
			producer.Input() <- m
		}
	}()
	var failed error
	acked := 0
	end := time.After(limit)
	for n := 0; n < len(records); n++ {
		select {
		case m := <-producer.Successes():
			at := line.Ack{Partition: m.Partition, Offset: m.Offset}
			if a.Acks == "0" {
				at.Offset = -1
			}
			results[m.Metadata.(int)] = at
			acked++
		case e := <-producer.Errors():
			failed = e.Err
		case <-end:
			return fmt.Errorf("%d records were not answered", len(records)-n)
		}
	}
	if err := producer.Close(); err != nil {
		return err
	}
	answer["acked"] = acked
	if err := line.WriteAcks(a.AcksFile, results); err != nil {
		return err
	}
	if failed != nil {
		return fmt.Errorf("%d records failed: %w", len(records)-acked, failed)
	}
	return nil
}

func (d *driver) fetch(a *line.Asked) error {
	c := config()
	c.Consumer.MaxWaitTime = 100 * time.Millisecond
	c.Consumer.Return.Errors = true
	if a.MaxBytes > 0 {
		c.Consumer.Fetch.Default = a.MaxBytes
	}
	consumer, err := sarama.NewConsumer(d.bootstrap, c)
	if err != nil {
		return err
	}
	defer consumer.Close()
	end := time.After(limit)
	var out []line.Record
	var open []sarama.PartitionConsumer
	for _, w := range a.From {
		pc, err := consumer.ConsumePartition(a.Topic, int32(w[0]), w[1])
		if err != nil {
			return err
		}
		open = append(open, pc)
	}
	for i, pc := range open {
		for n := a.From[i][2]; n > 0; n-- {
			select {
			case m := <-pc.Messages():
				rec := line.Record{Partition: m.Partition, Offset: m.Offset, Timestamp: m.Timestamp.UnixMilli(), Key: m.Key,
					Value: m.Value}
				for _, h := range m.Headers {
					rec.Headers = append(rec.Headers, line.Header{Name: string(h.Key), Value: h.Value})
				}
				out = append(out, rec)
			case e := <-pc.Errors():
				return e.Err
			case <-end:
				return fmt.Errorf("partition %d: %d records still missing", a.From[i][0], n)
			}
		}
	}
	for _, pc := range open {
		pc.AsyncClose()
	}
	for _, pc := range open {
		for range pc.Messages() {
		}
	}
	return line.Write(a.File, out)
}

func (d *driver) offsets(a *line.Asked, answer line.Answer) error {
	cl, err := sarama.NewClient(d.bootstrap, config())
	if err != nil {
		return err
	}
	defer cl.Close()
	var out []int64
	for _, t := range a.Times {
		got, err := cl.GetOffset(a.Topic, a.Partition, t)
		if err != nil {
			return err
		}
		out = append(out, got)
	}
	answer["offsets"] = out
	return nil
}
