package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"millrace.test/drivers/line"
)

// A holder is a transactional producer. kafka-go has the requests and no producer: this is what a program makes of them.
type holder struct {
	id       string
	id64     int
	epoch    int
	added    map[int32]bool // partitions of the open transaction
	sequence map[int32]int32
}

// served repeats a request for as long as the coordinator asks for patience.
func served(ctx context.Context, ask func() error) error {
	for {
		err := ask()
		patience := false
		for _, code := range []kafka.Error{kafka.GroupLoadInProgress, kafka.GroupCoordinatorNotAvailable,
			kafka.NotCoordinatorForGroup, kafka.ConcurrentTransactions} {
			patience = patience || errors.Is(err, code)
		}
		if !patience {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (d *driver) txnInit(ctx context.Context, a *line.Asked) error {
	return served(ctx, func() error {
		got, err := d.client.InitProducerID(ctx, &kafka.InitProducerIDRequest{TransactionalID: a.ID, TransactionTimeoutMs: a.TimeoutMs,
			ProducerID: -1, ProducerEpoch: -1})
		if err == nil {
			err = got.Error
		}
		if err == nil {
			d.holders[a.Holder] = &holder{id: a.ID, id64: got.Producer.ProducerID, epoch: got.Producer.ProducerEpoch,
				added: map[int32]bool{}, sequence: map[int32]int32{}}
		}
		return err
	})
}

func (d *driver) txnWrite(ctx context.Context, a *line.Asked) error {
	h := d.holders[a.Holder]
	all := map[int32][]kafka.Record{}
	var order []int32
	for _, v := range a.Values {
		if all[v.Partition] == nil {
			order = append(order, v.Partition)
		}
		all[v.Partition] = append(all[v.Partition], kafka.Record{Value: kafka.NewBytes([]byte(v.Text)), Time: time.Now()})
	}
	for _, p := range order {
		if err := d.txnWriteOne(ctx, h, a.Topic, p, all[p]); err != nil {
			return err
		}
	}
	return nil
}

func (d *driver) txnWriteOne(ctx context.Context, h *holder, topic string, partition int32, records []kafka.Record) error {
	if !h.added[partition] {
		err := served(ctx, func() error {
			got, err := d.client.AddPartitionsToTxn(ctx, &kafka.AddPartitionsToTxnRequest{TransactionalID: h.id, ProducerID: h.id64,
				ProducerEpoch: h.epoch, Topics: map[string][]kafka.AddPartitionToTxn{topic: {{Partition: int(partition)}}}})
			if err != nil {
				return err
			}
			return got.Topics[topic][0].Error
		})
		if err != nil {
			return err
		}
		h.added[partition] = true
	}
	batch, err := h.batch(partition, records)
	if err != nil {
		return err
	}
	got, err := d.client.RawProduce(ctx, &kafka.RawProduceRequest{Topic: topic, Partition: int(partition), RequiredAcks: kafka.RequireAll,
		TransactionalID: h.id, RawRecords: protocol.RawRecordSet{Reader: bytes.NewReader(batch)}})
	if err == nil {
		err = got.Error
	}
	if err == nil {
		h.sequence[partition] += int32(len(records))
	}
	return err
}

// batch is the library's encoding of the records, with what it has no field for: the producer and the sequence.
func (h *holder) batch(partition int32, records []kafka.Record) ([]byte, error) {
	var out bytes.Buffer
	set := protocol.RecordSet{Version: 2, Attributes: protocol.Transactional, Records: protocol.NewRecordReader(records...)}
	if _, err := set.WriteTo(&out); err != nil {
		return nil, err
	}
	b := out.Bytes()[4:] // behind the length of the set
	binary.BigEndian.PutUint64(b[43:], uint64(h.id64))
	binary.BigEndian.PutUint16(b[51:], uint16(h.epoch))
	binary.BigEndian.PutUint32(b[53:], uint32(h.sequence[partition]))
	binary.BigEndian.PutUint32(b[17:], crc32.Checksum(b[21:], crc32.MakeTable(crc32.Castagnoli)))
	return out.Bytes(), nil
}

func (d *driver) txnOffsets(ctx context.Context, a *line.Asked) error {
	h := d.holders[a.Holder]
	err := served(ctx, func() error {
		got, err := d.client.AddOffsetsToTxn(ctx, &kafka.AddOffsetsToTxnRequest{TransactionalID: h.id, ProducerID: h.id64,
			ProducerEpoch: h.epoch, GroupID: a.Group})
		if err != nil {
			return err
		}
		return got.Error
	})
	if err != nil {
		return err
	}
	offsets := []kafka.TxnOffsetCommit{}
	for _, o := range a.Offsets {
		offsets = append(offsets, kafka.TxnOffsetCommit{Partition: int(o[0]), Offset: o[1]})
	}
	return served(ctx, func() error {
		got, err := d.client.TxnOffsetCommit(ctx, &kafka.TxnOffsetCommitRequest{TransactionalID: h.id, GroupID: a.Group,
			ProducerID: h.id64, ProducerEpoch: h.epoch, GenerationID: -1, Topics: map[string][]kafka.TxnOffsetCommit{a.Topic: offsets}})
		if err != nil {
			return err
		}
		for _, p := range got.Topics[a.Topic] {
			err = errors.Join(err, p.Error)
		}
		return err
	})
}

func (d *driver) txnEnd(ctx context.Context, a *line.Asked) error {
	h := d.holders[a.Holder]
	h.added = map[int32]bool{}
	return served(ctx, func() error {
		got, err := d.client.EndTxn(ctx, &kafka.EndTxnRequest{TransactionalID: h.id, ProducerID: h.id64, ProducerEpoch: h.epoch,
			Committed: a.Commit})
		if err != nil {
			return err
		}
		return got.Error
	})
}
