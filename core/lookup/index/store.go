package index

// Segment is a stored part of the index.
type Segment struct {
	Name string
	Data []byte
}

// Changes are what must be done so that storage holds the index as it is. In this
// order, each step durable before the next, or all in one transaction: write the
// segments, replace the manifest, delete. A name that was once written may be written
// again with other bytes only if no stored manifest names it.
type Changes struct {
	// Manifest is nil if nothing has changed.
	Manifest []byte
	Written  []Segment
	Deleted  []string

	names []string // of all segments
	count uint64   // of the changes that are in it
}

// Damage says what of a stored index was refused. What is left is right, but it lacks
// the objects of the refused segments: they must be fetched again. The next Changes
// make the loss lasting and delete what was refused.
type Damage struct {
	// Manifest says that the list of the segments itself was refused: nothing is left.
	Manifest bool
	// Segments are the names of those that were refused.
	Segments []string
	// Sources are the sources of the objects that were in them.
	Sources []string
	// Cause is why the first of them could not be read, nil if it was damaged.
	Cause error
}

// Error implements error.
func (d *Damage) Error() string {
	if d.Manifest {
		return "index: the list of segments is damaged"
	}
	text := "index: damaged segments:"
	for _, name := range d.Segments {
		text += " " + name
	}
	if d.Cause != nil {
		text += ": " + d.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (d *Damage) Unwrap() error { return d.Cause }

const manifestMagic = "SLIXMAN1"

func nameOfSegment(id uint32) string {
	const hex = "0123456789abcdef"
	name := []byte("segment-00000000")
	for i := range 8 {
		name[len(name)-1-i] = hex[id>>(4*i)&15]
	}
	return string(name)
}

// Changes returns what has changed since the last Committed. Its bytes are not to be
// changed. The index may be changed before Committed is called.
func (x *Index) Changes() Changes {
	x.freeze()
	if x.changes == x.stored {
		return Changes{}
	}
	c := Changes{count: x.changes, Manifest: x.manifest()}
	for _, s := range x.segments {
		name := nameOfSegment(s.id)
		c.names = append(c.names, name)
		if !contains(x.onDisk, name) {
			c.Written = append(c.Written, Segment{name, s.data})
		}
	}
	for _, name := range x.onDisk {
		if !contains(c.names, name) {
			c.Deleted = append(c.Deleted, name)
		}
	}
	return c
}

// Committed tells that all of the changes are stored.
func (x *Index) Committed(c Changes) {
	if c.Manifest != nil {
		x.stored, x.onDisk = c.count, c.names
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

func (x *Index) manifest() []byte {
	b := append([]byte(nil), manifestMagic...)
	b = appendVarint(b, uint64(x.nextID))
	b = appendVarint(b, uint64(len(x.segments)))
	for _, s := range x.segments {
		b = appendVarint(b, uint64(s.id))
		b = appendVarint(b, uint64(len(s.data)))
		b = appendU64(b, s.sum)
		b = appendVarint(b, uint64(s.objects))
		b = appendVarint(b, uint64(len(s.sources)))
		for _, source := range s.sources {
			b = append(appendVarint(b, uint64(len(source))), source...)
		}
		b = appendVarint(b, uint64(s.deadCount))
		last := -1
		for ordinal := range s.objects {
			if s.isDead(uint32(ordinal)) {
				b = appendVarint(b, uint64(ordinal-last-1))
				last = ordinal
			}
		}
	}
	return appendU64(b, hash(b))
}

// listed is a segment as a manifest has it.
type listed struct {
	id      uint32
	length  int
	sum     uint64
	objects int
	sources []string
	dead    []uint32
}

// readManifest is the inverse of manifest.
func readManifest(b []byte) (nextID uint32, all []listed, ok bool) {
	body := len(b) - checksumLength
	if body < len(manifestMagic) || string(b[:len(manifestMagic)]) != manifestMagic || hash(b[:body]) != u64(b, body) {
		return 0, nil, false
	}
	r := record{b: b[:body], at: len(manifestMagic)}
	next := r.number()
	if next > 1<<32-1 {
		return 0, nil, false
	}
	nextID = uint32(next)
	for range r.number() {
		var l listed
		id, length := r.number(), r.number()
		if sum := r.bytes(8); !r.bad {
			l.sum = u64(sum, 0)
		}
		objects := r.number()
		if r.bad || id >= next || length > 1<<32 || objects >= maxObjects {
			return 0, nil, false
		}
		for i := range all {
			if all[i].id == uint32(id) {
				return 0, nil, false
			}
		}
		l.id, l.length, l.objects = uint32(id), int(length), int(objects)
		for range r.number() {
			source := r.bytes(r.number())
			if r.bad {
				return 0, nil, false
			}
			l.sources = append(l.sources, string(source))
		}
		ordinal := uint64(0)
		for range r.number() {
			ordinal += r.number()
			if r.bad || ordinal >= objects {
				return 0, nil, false
			}
			l.dead = append(l.dead, uint32(ordinal))
			ordinal++
		}
		all = append(all, l)
	}
	return nextID, all, !r.bad && r.at == body
}

// Open returns the index that was stored; an empty manifest is that of an empty one.
// segment returns the bytes of a segment, which belong to the index from then on: they
// are its memory. They are read once, for their checksum.
//
// There always is an index. Where the damage is not nil, it lacks what the damage
// names, and tells so: what is missing is never silently missing.
func Open(manifest []byte, segment func(name string) ([]byte, error)) (*Index, *Damage) {
	x := New()
	if len(manifest) == 0 {
		return x, nil
	}
	nextID, all, ok := readManifest(manifest)
	if !ok {
		return x, &Damage{Manifest: true}
	}
	x.nextID = nextID
	var damage *Damage
	for _, l := range all {
		name := nameOfSegment(l.id)
		x.onDisk = append(x.onDisk, name)
		s, err := l.open(segment(name))
		if s != nil {
			x.insert(s)
			continue
		}
		if damage == nil {
			damage = &Damage{Cause: err}
			x.changes++
		}
		damage.Segments = append(damage.Segments, name)
		for _, source := range l.sources {
			if !contains(damage.Sources, source) {
				damage.Sources = append(damage.Sources, source)
			}
		}
	}
	return x, damage
}

// open takes the bytes of a segment in if they are those that were stored.
func (l *listed) open(data []byte, err error) (*segment, error) {
	if err != nil || len(data) != l.length {
		return nil, err
	}
	s, ok := openSegment(l.id, data)
	if !ok || s.sum != l.sum || s.objects != l.objects {
		return nil, nil
	}
	s.sources = l.sources
	for _, ordinal := range l.dead {
		s.kill(ordinal)
	}
	return s, nil
}
