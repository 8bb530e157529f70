package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"millrace.test/drivers/line"
)

// A member is a consumer that subscribes.
type member struct {
	client *kgo.Client
	told   line.Told
}

func (d *driver) join(a *line.Asked) error {
	m := &member{}
	balancer := map[string]kgo.GroupBalancer{"range": kgo.RangeBalancer(), "roundrobin": kgo.RoundRobinBalancer(),
		"sticky": kgo.StickyBalancer(), "cooperative-sticky": kgo.CooperativeStickyBalancer()}[a.Strategy]
	revoked := func(_ context.Context, _ *kgo.Client, lost map[string][]int32) { m.told.Revoked(lost[a.Topic]) }
	opts := []kgo.Opt{kgo.SeedBrokers(d.bootstrap), kgo.ConsumerGroup(a.Group), kgo.ConsumeTopics(a.Topic), kgo.ClientID(a.Member),
		kgo.Balancers(balancer), kgo.SessionTimeout(time.Duration(a.SessionMs) * time.Millisecond),
		kgo.RebalanceTimeout(time.Duration(a.PollMaxMs) * time.Millisecond),
		kgo.HeartbeatInterval(500 * time.Millisecond), kgo.FetchMaxWait(100 * time.Millisecond),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.OnPartitionsAssigned(func(_ context.Context, _ *kgo.Client, got map[string][]int32) { m.told.Assigned(got[a.Topic], false) }),
		kgo.OnPartitionsRevoked(revoked), kgo.OnPartitionsLost(revoked)}
	if a.Auto {
		opts = append(opts, kgo.AutoCommitInterval(200*time.Millisecond))
	} else {
		opts = append(opts, kgo.DisableAutoCommit())
	}
	if a.Instance != "" {
		opts = append(opts, kgo.InstanceID(a.Instance))
	}
	client, err := kgo.NewClient(opts...)
	if err != nil {
		return err
	}
	m.client = client
	d.members[a.Member] = m
	return nil
}

func (d *driver) turn(a *line.Asked, answer line.Answer) error {
	out := map[string]any{}
	for _, name := range a.Members {
		m := d.members[name]
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(a.Ms)*time.Millisecond)
		got := m.client.PollFetches(ctx)
		cancel()
		for _, e := range got.Errors() {
			// A session that broke off: the client joins anew by itself.
			if session := (*kgo.ErrGroupSession)(nil); !errors.Is(e.Err, context.DeadlineExceeded) && !errors.As(e.Err, &session) {
				return fmt.Errorf("partition %d: %w", e.Partition, e.Err)
			}
		}
		got.EachRecord(func(r *kgo.Record) { m.told.Read(r.Partition, r.Offset) })
		out[name] = m.told.Look()
	}
	answer["members"] = out
	return nil
}

func (d *driver) settle(ctx context.Context, name string) error {
	return d.members[name].client.CommitUncommittedOffsets(ctx)
}

func (d *driver) leave(name string) {
	d.members[name].client.Close() // leaves, unless it is a static member
	delete(d.members, name)
}
