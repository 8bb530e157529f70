package main

import (
	"context"
	"sync"
	"time"

	"github.com/IBM/sarama"
	"millrace.test/drivers/line"
)

// A member is a consumer that subscribes.
type member struct {
	group  sarama.ConsumerGroup
	topic  string
	told   line.Told
	cancel context.CancelFunc
	ended  chan struct{}

	mu      sync.Mutex
	session sarama.ConsumerGroupSession
	failed  error
}

func (m *member) Setup(s sarama.ConsumerGroupSession) error {
	m.mu.Lock()
	m.session = s
	m.mu.Unlock()
	m.told.Assigned(s.Claims()[m.topic], true)
	return nil
}

func (m *member) Cleanup(s sarama.ConsumerGroupSession) error {
	m.told.Revoked(s.Claims()[m.topic])
	return nil
}

func (m *member) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	for {
		select {
		case r, ok := <-c.Messages():
			if !ok {
				return nil
			}
			m.told.Read(r.Partition, r.Offset)
			s.MarkMessage(r, "")
		case <-s.Context().Done():
			return nil
		}
	}
}

func (d *driver) join(a *line.Asked) error {
	c := config()
	c.ClientID = a.Member
	c.Consumer.Group.Session.Timeout = time.Duration(a.SessionMs) * time.Millisecond
	c.Consumer.Group.Rebalance.Timeout = time.Duration(a.PollMaxMs) * time.Millisecond
	c.Consumer.Group.Heartbeat.Interval = 500 * time.Millisecond
	c.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{map[string]sarama.BalanceStrategy{
		"range": sarama.NewBalanceStrategyRange(), "roundrobin": sarama.NewBalanceStrategyRoundRobin(),
		"sticky": sarama.NewBalanceStrategySticky()}[a.Strategy]}
	c.Consumer.Group.InstanceId = a.Instance
	c.Consumer.MaxWaitTime = 100 * time.Millisecond
	c.Consumer.Offsets.Initial = sarama.OffsetOldest
	c.Consumer.Offsets.AutoCommit.Enable = a.Auto
	c.Consumer.Offsets.AutoCommit.Interval = 200 * time.Millisecond
	group, err := sarama.NewConsumerGroup(d.bootstrap, a.Group, c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &member{group: group, topic: a.Topic, cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(m.ended)
		for ctx.Err() == nil {
			err := group.Consume(ctx, []string{a.Topic}, m)
			m.mu.Lock()
			m.failed = err
			m.mu.Unlock()
			if err != nil {
				time.Sleep(200 * time.Millisecond) // a broker that is away
			}
		}
	}()
	d.members[a.Member] = m
	return nil
}

func (d *driver) turn(a *line.Asked, answer line.Answer) error {
	time.Sleep(time.Duration(a.Ms) * time.Millisecond) // members consume on their own
	out := map[string]any{}
	for _, name := range a.Members {
		out[name] = d.members[name].told.Look()
	}
	answer["members"] = out
	return nil
}

func (d *driver) settle(name string) {
	m := d.members[name]
	m.mu.Lock()
	defer m.mu.Unlock()
	m.session.Commit()
}

func (d *driver) leave(name string) error {
	m := d.members[name]
	delete(d.members, name)
	m.cancel()
	<-m.ended
	return m.group.Close()
}
