// Package line has what the Go drivers share: the line protocol and the record files (drivers/README.md).
package line

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Record is one record of a file. A nil Key or Value is null.
type Record struct {
	Partition int32
	Offset    int64
	Timestamp int64
	Key       []byte
	Value     []byte
	Headers   []Header
}

// Header is a header of a record; a nil Value is null.
type Header struct {
	Name  string
	Value []byte
}

// Ack says where a record was stored; -1 where nobody knows.
type Ack struct {
	Partition int32
	Offset    int64
}

// Asked is one line of input.
type Asked struct {
	Op          string            `json:"op"`
	Topic       string            `json:"topic"`
	Partitions  int32             `json:"partitions"`
	Replication int16             `json:"replication"`
	Configs     map[string]string `json:"configs"`
	Partition   int32             `json:"partition"`
	Offset      int64             `json:"offset"`
	File        string            `json:"file"`
	AcksFile    string            `json:"acks_file"`
	Codec       string            `json:"codec"`
	Acks        string            `json:"acks"`
	Idempotent  bool              `json:"idempotent"`
	MaxBytes    int32             `json:"max_bytes"`
	LingerMs    int               `json:"linger_ms"`
	From        [][3]int64        `json:"from"`
	Times       []int64           `json:"times"`
	Group       string            `json:"group"`
	Member      string            `json:"member"`
	Members     []string          `json:"members"`
	Ms          int               `json:"ms"`
	SessionMs   int               `json:"session_ms"`
	PollMaxMs   int               `json:"poll_max_ms"`
	Strategy    string            `json:"strategy"`
	Instance    string            `json:"instance"`
	Auto        bool              `json:"auto"`
}

// Answer is one line of output.
type Answer map[string]any

// Hello introduces the driver.
type Hello struct {
	Client  string   `json:"client"`
	Version string   `json:"version"`
	Codecs  []string `json:"codecs"`
	Can     []string `json:"can"`
}

// Codecs are those that both Go clients have.
var Codecs = []string{"none", "gzip", "snappy", "lz4", "zstd"}

// Can is what both Go drivers can do.
var Can = []string{"create", "list", "delete", "grow", "alter", "describe", "trim", "produce", "fetch", "offsets", "times",
	"idempotent", "acks0", "join", "turn", "settle", "leave"}

// Serve answers line after line with what run returns.
func Serve(hello Hello, run func(*Asked, Answer) error) {
	out := os.Stdout
	os.Stdout = os.Stderr // nothing a library prints may look like an answer
	say := func(v any) {
		text, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		out.Write(append(text, '\n'))
	}
	say(hello)
	in := bufio.NewReader(os.Stdin)
	for {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		asked := Asked{Replication: 1, LingerMs: 20, SessionMs: 6000, PollMaxMs: 60000, Strategy: "range"}
		answer := Answer{}
		if err = json.Unmarshal(text, &asked); err == nil {
			err = run(&asked, answer)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", asked.Op, err)
			answer["error"] = err.Error()
		}
		say(answer)
	}
}

type reader struct {
	in  *bufio.Reader
	err error
}

func (r *reader) number(v any) {
	if r.err == nil {
		r.err = binary.Read(r.in, binary.BigEndian, v)
	}
}

func (r *reader) field() []byte {
	var n int32
	r.number(&n)
	if r.err != nil || n < 0 {
		return nil
	}
	out := make([]byte, n)
	_, r.err = io.ReadFull(r.in, out)
	return out
}

// Read reads a record file.
func Read(path string) ([]Record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{in: bufio.NewReader(f)}
	var out []Record
	for {
		var rec Record
		r.number(&rec.Partition)
		if r.err == io.EOF {
			return out, nil
		}
		r.number(&rec.Offset)
		r.number(&rec.Timestamp)
		rec.Key = r.field()
		rec.Value = r.field()
		var n int32
		r.number(&n)
		for ; n > 0; n-- {
			name := string(r.field())
			rec.Headers = append(rec.Headers, Header{name, r.field()})
		}
		if r.err != nil {
			return nil, r.err
		}
		out = append(out, rec)
	}
}

func put(out []byte, data []byte) []byte {
	if data == nil {
		return binary.BigEndian.AppendUint32(out, 0xffffffff)
	}
	return append(binary.BigEndian.AppendUint32(out, uint32(len(data))), data...)
}

// Write writes a record file.
func Write(path string, records []Record) error {
	var out []byte
	for _, r := range records {
		out = binary.BigEndian.AppendUint32(out, uint32(r.Partition))
		out = binary.BigEndian.AppendUint64(out, uint64(r.Offset))
		out = binary.BigEndian.AppendUint64(out, uint64(r.Timestamp))
		out = put(put(out, r.Key), r.Value)
		out = binary.BigEndian.AppendUint32(out, uint32(len(r.Headers)))
		for _, h := range r.Headers {
			out = put(put(out, []byte(h.Name)), h.Value)
		}
	}
	return os.WriteFile(path, out, 0o644)
}

// WriteAcks writes an acknowledgement file.
func WriteAcks(path string, acks []Ack) error {
	var out []byte
	for _, a := range acks {
		out = binary.BigEndian.AppendUint32(out, uint32(a.Partition))
		out = binary.BigEndian.AppendUint64(out, uint64(a.Offset))
	}
	return os.WriteFile(path, out, 0o644)
}
