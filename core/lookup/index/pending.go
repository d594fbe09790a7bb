package index

import "github.com/sightline-sec/sightline/core/internal/sorting"

// pending is what was put in since the last segment was made of such.
type pending struct {
	objects []pendingObject
	byName  map[string]int // → position in objects
	held    int            // sightings in all
}

type pendingObject struct {
	object Object
	gone   bool
	seen   []pendingSighting
	keys   []byte // of seen, one after the other
	files  []byte // as a record has them
}

type pendingSighting struct {
	end   uint32 // of its key in keys
	place Place
	more  bool // headMore
	when  int64
}

// What waits is made a segment when it is as much as this.
const (
	maxPendingObjects   = 2048
	maxPendingSightings = 32768
)

func nameOf(source, kind, id string) string { return source + "\x00" + kind + "\x00" + id }

func (p *pending) find(source, kind, id string) (int, bool) {
	if len(p.objects) == 0 {
		return 0, false
	}
	i, ok := p.byName[nameOf(source, kind, id)]
	return i, ok && !p.objects[i].gone
}

// put takes an object in, in the place of one of the same name.
func (p *pending) put(o Object, seen []Sighting) {
	if p.byName == nil {
		p.byName = make(map[string]int)
	}
	name := nameOf(o.Source, o.Kind, o.ID)
	i, known := p.byName[name]
	if !known {
		i = len(p.objects)
		p.byName[name] = i
		p.objects = append(p.objects, pendingObject{})
	}
	held := &p.objects[i]
	p.held -= len(held.seen)
	*held = pendingObject{object: o}
	held.take(seen)
	p.held += len(held.seen)
}

// key returns the key of a sighting.
func (o *pendingObject) key(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = o.seen[i-1].end
	}
	return o.keys[from:o.seen[i].end]
}

// take makes the object's postings: one a key, places united, the latest time.
func (o *pendingObject) take(seen []Sighting) {
	at := make(map[string]int, len(seen))
	add := func(key []byte, s Sighting, derived bool) {
		i, known := at[string(key)]
		if !known {
			i = len(o.seen)
			at[string(key)] = i
			o.keys = append(o.keys, key...)
			o.seen = append(o.seen, pendingSighting{end: uint32(len(o.keys)), more: derived})
		}
		held := &o.seen[i]
		if held.more && !derived {
			held.more, held.place, held.when = false, 0, 0 // the thing itself counts
		}
		if held.more == derived {
			held.place |= s.Place & headPlaces
			if s.When != 0 && (held.when == 0 || s.When > held.when) {
				held.when = s.When
			}
		}
	}
	var room [maxKey]byte
	for _, s := range seen {
		if key := appendKey(room[:0], s.Key); len(key) > 0 {
			add(key, s, false)
			if key[0]&codeBits == codeURL {
				for _, derived := range derivedOfURL(s.Key.Value) {
					add(derived, s, true)
				}
			}
		}
	}
	o.takeFiles(seen, at)
}

// takeFiles notes which hashes are of one file.
func (o *pendingObject) takeFiles(seen []Sighting, at map[string]int) {
	type fileHash struct {
		hash uint64
		seen int
	}
	var numbers []int
	var files [][]fileHash
	var room [maxKey]byte
	for _, s := range seen {
		code := codeOf(s.Key.Type)
		if s.File == 0 || s.Key.Value == "" || !isFileHash(code) {
			continue
		}
		i := 0
		for i < len(numbers) && numbers[i] != s.File {
			i++
		}
		if i == maxFiles {
			continue
		}
		if i == len(numbers) {
			numbers, files = append(numbers, s.File), append(files, nil)
		}
		key := appendKey(room[:0], s.Key)
		h := hash(key)
		known := len(files[i]) == maxFileHashes
		for _, other := range files[i] {
			known = known || other.hash == h
		}
		if !known {
			files[i] = append(files[i], fileHash{h, at[string(key)]})
		}
	}
	for _, file := range files {
		if len(file) < 2 {
			continue
		}
		o.files = append(o.files, byte(len(file)))
		for _, of := range file {
			o.files = appendU64(o.files, of.hash)
			o.seen[of.seen].more = true
		}
	}
}

// build makes a segment of what lives, nil if nothing does.
func (p *pending) build() (data []byte, sources []string) {
	living := make([]int, 0, len(p.objects))
	size := 0
	for i := range p.objects {
		if !p.objects[i].gone {
			living = append(living, i)
			size += len(p.objects[i].keys)
		}
	}
	if len(living) == 0 {
		return nil, nil
	}
	order := sorting.Order(len(living), func(a, b int) bool {
		return p.objects[living[a]].object.time() > p.objects[living[b]].object.time()
	})
	var hashes []uint64
	var rows []uint32
	type row struct {
		ordinal uint32
		seen    uint32
	}
	var all []row
	for ordinal, at := range order {
		o := &p.objects[living[at]]
		for i := range o.seen {
			hashes = append(hashes, hash(o.key(i)))
			rows = append(rows, uint32(len(all)))
			all = append(all, row{uint32(ordinal), uint32(i)})
		}
	}
	hashes, rows = sortPairs(hashes, rows)
	object := func(r uint32) *pendingObject { return &p.objects[living[order[all[r].ordinal]]] }
	key := func(r uint32) []byte { return object(r).key(int(all[r].seen)) }
	// Keys that share a hash are told apart; they hardly ever occur.
	distinct := 0
	for from := 0; from < len(hashes); {
		to := from + 1
		for ; to < len(hashes) && hashes[to] == hashes[from]; to++ {
			for i := to; i > from && string(key(rows[i])) < string(key(rows[i-1])); i-- {
				rows[i], rows[i-1] = rows[i-1], rows[i]
			}
		}
		distinct++
		from = to
	}
	b := newBuilder(len(living), distinct, size+8*len(all))
	for _, at := range order {
		o := &p.objects[living[at]]
		b.addObject(&o.object, o.files)
	}
	for i, r := range rows {
		o := object(r)
		s := &o.seen[all[r].seen]
		head, delta := whenOf(s.when, o.object.time())
		head |= byte(s.place)
		if s.more {
			head |= headMore
		}
		b.addPosting(all[r].ordinal, head, delta)
		if i+1 == len(rows) || hashes[i+1] != hashes[i] || string(key(rows[i+1])) != string(key(r)) {
			b.endKey(hashes[i], key(r))
		}
	}
	return b.finish(), b.sources
}
