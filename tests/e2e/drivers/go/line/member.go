package line

import (
	"slices"
	"sync"
)

// Told is what a member was told, and what it read, since somebody last looked.
type Told struct {
	mu      sync.Mutex
	records [][2]int64
	owned   map[int32]bool
	told    [][2]any
}

// Assigned says that these partitions came; all is for clients that tell the whole share each time.
func (t *Told) Assigned(partitions []int32, all bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if all || t.owned == nil {
		t.owned = map[int32]bool{}
	}
	for _, p := range partitions {
		t.owned[p] = true
	}
	t.told = append(t.told, [2]any{"assign", sorted(partitions)})
}

// Revoked says that these partitions went.
func (t *Told) Revoked(partitions []int32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range partitions {
		delete(t.owned, p)
	}
	t.told = append(t.told, [2]any{"revoke", sorted(partitions)})
}

// Read says that a record was read.
func (t *Told) Read(partition int32, offset int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.records = append(t.records, [2]int64{int64(partition), offset})
}

// Look returns all of it and forgets it, but for what is owned.
func (t *Told) Look() map[string]any {
	t.mu.Lock()
	defer t.mu.Unlock()
	owned := []int32{}
	for p := range t.owned {
		owned = append(owned, p)
	}
	out := map[string]any{"records": t.records, "owned": sorted(owned), "told": t.told}
	if t.records == nil {
		out["records"] = []int{}
	}
	if t.told == nil {
		out["told"] = []int{}
	}
	t.records, t.told = nil, nil
	return out
}

func sorted(partitions []int32) []int32 {
	out := append([]int32{}, partitions...)
	slices.Sort(out)
	return out
}
