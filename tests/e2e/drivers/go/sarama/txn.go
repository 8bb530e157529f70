package main

import (
	"errors"
	"time"

	"github.com/IBM/sarama"
	"millrace.test/drivers/line"
)

func (d *driver) txnInit(a *line.Asked) error {
	c := config()
	c.Producer.Return.Successes = true
	c.Producer.RequiredAcks = sarama.WaitForAll
	c.Producer.Idempotent = true
	c.Producer.Transaction.ID = a.ID
	c.Producer.Transaction.Timeout = time.Duration(a.TimeoutMs) * time.Millisecond
	c.Producer.Partitioner = sarama.NewManualPartitioner
	c.Net.MaxOpenRequests = 1
	producer, err := sarama.NewSyncProducer(d.bootstrap, c)
	if err == nil {
		d.holders[a.Holder] = producer
	}
	return err
}

func (d *driver) begun(name string) (sarama.SyncProducer, error) {
	p := d.holders[name]
	if p.TxnStatus()&sarama.ProducerTxnFlagInTransaction != 0 {
		return p, nil
	}
	return p, p.BeginTxn()
}

func (d *driver) txnWrite(a *line.Asked) error {
	p, err := d.begun(a.Holder)
	if err != nil {
		return err
	}
	var all []*sarama.ProducerMessage
	for _, v := range a.Values {
		all = append(all, &sarama.ProducerMessage{Topic: a.Topic, Partition: v.Partition, Value: sarama.StringEncoder(v.Text)})
	}
	return p.SendMessages(all)
}

func (d *driver) txnOffsets(a *line.Asked) error {
	p, err := d.begun(a.Holder)
	if err != nil {
		return err
	}
	offsets := map[string][]*sarama.PartitionOffsetMetadata{}
	for _, o := range a.Offsets {
		offsets[a.Topic] = append(offsets[a.Topic], &sarama.PartitionOffsetMetadata{Partition: int32(o[0]), Offset: o[1]})
	}
	return p.AddOffsetsToTxn(offsets, a.Group)
}

func (d *driver) txnEnd(a *line.Asked) error {
	if a.Commit {
		return d.holders[a.Holder].CommitTxn()
	}
	return d.holders[a.Holder].AbortTxn()
}

func (d *driver) read(a *line.Asked, answer line.Answer) error {
	c := config()
	c.Consumer.IsolationLevel = sarama.ReadCommitted
	c.Consumer.MaxWaitTime = 100 * time.Millisecond
	consumer, err := sarama.NewConsumer(d.bootstrap, c)
	if err != nil {
		return err
	}
	defer consumer.Close()
	found := line.NewCommitted(a)
	until := time.After(30 * time.Second)
	for _, p := range a.Read {
		one, err := consumer.ConsumePartition(a.Topic, p, sarama.OffsetOldest)
		if err != nil {
			return err
		}
		for ended := false; !ended; {
			select {
			case m := <-one.Messages():
				ended = string(m.Value) == a.End
				found.Put(p, m.Value)
			case <-until:
				return errors.New("no end")
			}
		}
		one.Close()
	}
	answer["values"] = found.Values
	return nil
}
