package main

import (
	"context"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"millrace.test/drivers/line"
)

// A holder is a transactional producer.
type holder struct {
	client *kgo.Client
	begun  bool
}

func (d *driver) txnInit(ctx context.Context, a *line.Asked) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(d.bootstrap), kgo.TransactionalID(a.ID),
		kgo.TransactionTimeout(time.Duration(a.TimeoutMs)*time.Millisecond), kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerLinger(0))
	if err != nil {
		return err
	}
	d.holders[a.Holder] = &holder{client: client}
	_, _, err = client.ProducerID(ctx) // asks for it
	return err
}

func (d *driver) txnWrite(ctx context.Context, a *line.Asked) error {
	h := d.holders[a.Holder]
	if !h.begun {
		if err := h.client.BeginTransaction(); err != nil {
			return err
		}
		h.begun = true
	}
	var records []*kgo.Record
	for _, v := range a.Values {
		records = append(records, &kgo.Record{Topic: a.Topic, Partition: v.Partition, Value: []byte(v.Text)})
	}
	return h.client.ProduceSync(ctx, records...).FirstErr()
}

func (d *driver) txnEnd(ctx context.Context, a *line.Asked) error {
	h := d.holders[a.Holder]
	h.begun = false
	return h.client.EndTransaction(ctx, kgo.TransactionEndTry(a.Commit))
}

func (d *driver) read(ctx context.Context, a *line.Asked, answer line.Answer) error {
	from := map[int32]kgo.Offset{}
	for _, p := range a.Read {
		from[p] = kgo.NewOffset().AtStart()
	}
	client, err := kgo.NewClient(kgo.SeedBrokers(d.bootstrap), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{a.Topic: from}), kgo.FetchMaxWait(100*time.Millisecond))
	if err != nil {
		return err
	}
	defer client.Close()
	found := line.NewCommitted(a)
	for more := true; more; {
		got := client.PollFetches(ctx)
		if err := got.Err0(); err != nil {
			return err
		}
		got.EachRecord(func(r *kgo.Record) { more = found.Put(r.Partition, r.Value) })
	}
	answer["values"] = found.Values
	return nil
}
