package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"millrace.test/drivers/line"
)

// A member is a consumer that subscribes. One that commits for itself is a ConsumerGroup, with a Reader for each partition of a
// generation; one that leaves that to the library is a Reader with a group, which does not tell its share: the group is asked.
type member struct {
	d         *driver
	name      string
	groupID   string
	topic     string
	told      line.Told
	cancel    context.CancelFunc
	ended     chan struct{}
	closed    func() error
	described bool

	mu         sync.Mutex
	generation *kafka.Generation
	next       map[int]int64 // what to commit
}

func (d *driver) join(a *line.Asked) error {
	balancer := map[string]kafka.GroupBalancer{"range": kafka.RangeGroupBalancer{}, "roundrobin": kafka.RoundRobinGroupBalancer{}}[a.Strategy]
	if balancer == nil {
		return fmt.Errorf("no balancer %s", a.Strategy)
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &member{d: d, name: a.Member, groupID: a.Group, topic: a.Topic, cancel: cancel, ended: make(chan struct{}), next: map[int]int64{}}
	dialer := &kafka.Dialer{ClientID: a.Member, Timeout: 10 * time.Second, DualStack: true}
	session, rebalance := time.Duration(a.SessionMs)*time.Millisecond, time.Duration(a.PollMaxMs)*time.Millisecond
	if a.Auto {
		m.described = true
		r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{d.bootstrap}, GroupID: a.Group, Topic: a.Topic, Dialer: dialer,
			GroupBalancers: []kafka.GroupBalancer{balancer}, HeartbeatInterval: 500 * time.Millisecond, SessionTimeout: session,
			RebalanceTimeout: rebalance, JoinGroupBackoff: 200 * time.Millisecond, CommitInterval: 200 * time.Millisecond,
			StartOffset: kafka.FirstOffset, MinBytes: 1, MaxBytes: 1 << 20, MaxWait: 100 * time.Millisecond})
		m.closed = r.Close
		go m.readAll(ctx, r)
		d.members[a.Member] = m
		return nil
	}
	g, err := kafka.NewConsumerGroup(kafka.ConsumerGroupConfig{ID: a.Group, Brokers: []string{d.bootstrap}, Topics: []string{a.Topic},
		Dialer: dialer, GroupBalancers: []kafka.GroupBalancer{balancer}, HeartbeatInterval: 500 * time.Millisecond,
		SessionTimeout: session, RebalanceTimeout: rebalance, JoinGroupBackoff: 200 * time.Millisecond, StartOffset: kafka.FirstOffset})
	if err != nil {
		cancel()
		return err
	}
	m.closed = g.Close
	go m.generations(ctx, g)
	d.members[a.Member] = m
	return nil
}

func (m *member) readAll(ctx context.Context, r *kafka.Reader) {
	defer close(m.ended)
	for ctx.Err() == nil {
		if got, err := r.ReadMessage(ctx); err == nil { // others pass: a broker that is away
			m.told.Read(int32(got.Partition), got.Offset)
		}
	}
}

func (m *member) generations(ctx context.Context, g *kafka.ConsumerGroup) {
	defer close(m.ended)
	for ctx.Err() == nil {
		gen, err := g.Next(ctx)
		if err != nil {
			continue // it tries again by itself
		}
		share := gen.Assignments[m.topic]
		var numbers []int32
		for _, p := range share {
			numbers = append(numbers, int32(p.ID))
		}
		m.mu.Lock()
		m.generation, m.next = gen, map[int]int64{}
		m.mu.Unlock()
		m.told.Assigned(numbers, true)
		var reading sync.WaitGroup
		for _, p := range share {
			reading.Add(1)
			gen.Start(func(ctx context.Context) {
				defer reading.Done()
				m.readOne(ctx, p)
			})
		}
		gen.Start(func(ctx context.Context) {
			<-ctx.Done()
			reading.Wait()
			m.told.Revoked(numbers)
		})
	}
}

// readOne reads a partition until its generation ends.
func (m *member) readOne(ctx context.Context, p kafka.PartitionAssignment) {
	r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{m.d.bootstrap}, Topic: m.topic, Partition: p.ID, MinBytes: 1,
		MaxBytes: 1 << 20, MaxWait: 100 * time.Millisecond})
	defer r.Close()
	if r.SetOffset(p.Offset) != nil {
		return
	}
	for ctx.Err() == nil {
		got, err := r.ReadMessage(ctx)
		if err != nil {
			continue
		}
		m.told.Read(int32(p.ID), got.Offset)
		m.mu.Lock()
		m.next[p.ID] = got.Offset + 1
		m.mu.Unlock()
	}
}

func (d *driver) turn(ctx context.Context, a *line.Asked, answer line.Answer) error {
	time.Sleep(time.Duration(a.Ms) * time.Millisecond) // members consume on their own
	out := map[string]any{}
	for _, name := range a.Members {
		m := d.members[name]
		found := m.told.Look()
		if m.described {
			owned, err := m.share(ctx)
			if err != nil {
				return err
			}
			found["owned"] = owned
		}
		out[name] = found
	}
	answer["members"] = out
	return nil
}

// share is what the coordinator says that this member has.
func (m *member) share(ctx context.Context) ([]int, error) {
	got, err := m.d.client.DescribeGroups(ctx, &kafka.DescribeGroupsRequest{GroupIDs: []string{m.groupID}})
	if err != nil {
		return nil, err
	}
	owned := []int{}
	for _, one := range got.Groups[0].Members {
		if one.ClientID == m.name {
			for _, t := range one.MemberAssignments.Topics {
				owned = append(owned, t.Partitions...)
			}
		}
	}
	return owned, nil
}

func (m *member) settle() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.generation == nil {
		return errors.New("no generation yet")
	}
	if len(m.next) == 0 {
		return nil
	}
	offsets := map[int]int64{}
	for p, o := range m.next {
		offsets[p] = o
	}
	return m.generation.CommitOffsets(map[string]map[int]int64{m.topic: offsets})
}

func (d *driver) leave(name string) error {
	m := d.members[name]
	delete(d.members, name)
	if m.described { // reading ends first: what is read must be in what Close commits
		m.cancel()
		<-m.ended
		return m.closed()
	}
	err := m.closed()
	m.cancel()
	<-m.ended
	return err
}
