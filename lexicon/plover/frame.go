package plover

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// Frame is one line of verbs.txt, phrases.txt, nouns.txt or support.txt.
type Frame struct {
	// Text is the pattern as it was written; it names the frame.
	Text    string
	Pattern Pattern
	Noun    bool // hangs on a noun
	Support bool // of support.txt: lends its subject to a noun
	// Type is one of Types, or "none": the words are no event. Empty in support.txt.
	Type     string
	Modes    []string
	Contexts []string
	Example  string
	File     string // where it stands
	Line     int
}

// Frames are all entries, ready to be looked up. They may be read by several goroutines at
// once.
type Frames struct {
	all      []*Frame
	byHead   map[string][]*Frame // heaviest first
	contexts map[string]string   // phrase in small letters to context
	agents   map[string]string   // noun to sector
	classes  map[string][]string
	longest  int // words of the longest phrase in contexts
	version  string
}

// Types are the types of events of PLOVER's list of 2021, with the modes of each.
var Types = map[string][]string{
	"AGREE": {}, "SUPPORT": {}, "CONCEDE": {}, "COOPERATE": {}, "AID": {},
	"CONSULT":  strings.Fields("visit third-party multilateral phone"),
	"RETREAT":  strings.Fields("withdraw release disarm ceasefire access resign"),
	"REQUEST":  strings.Fields("assist change yield meet"),
	"ACCUSE":   strings.Fields("disapprove investigate allege"),
	"REJECT":   strings.Fields("assist change yield meet"),
	"THREATEN": strings.Fields("restrict arrest relations expel territory violence"),
	"PROTEST":  strings.Fields("demo riot strike hunger boycott obstruct vandalize"),
	"SANCTION": strings.Fields("convict expel withdraw discontinue"),
	"MOBILIZE": strings.Fields("troops weapons police militia"),
	"COERCE":   strings.Fields("seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"),
	"ASSAULT": strings.Fields(`abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack
		aerial drone heavy-weapons crowd-control unconventional`),
}

// Contexts are the contexts of PLOVER.
var Contexts = strings.Fields(`military intelligence executive legislative election political_institutions pro_democracy
	pro_autocracy economic legal reparations human_rights rights_freedoms repression human_security gender lgbt
	religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource
	environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking`)

// Sectors are the agent codes of PLOVER.
var Sectors = strings.Fields(`COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE REF
	REL SOC IGO NGO MNC IMG ISM`)

//go:embed *.txt
var shippedFiles embed.FS

var shipped = sync.OnceValue(func() *Frames {
	files, err := readFolder(shippedFiles, ".", "")
	if err == nil {
		var f *Frames
		if f, err = build(files); err == nil {
			return f
		}
	}
	panic(err)
})

// Shipped returns the frames that the program carries.
func Shipped() *Frames { return shipped() }

// UserDir returns the folder of the user's own frames: $HEARSAY_FRAMES, or hearsay/frames in
// the user's configuration. It need not exist.
func UserDir() (string, error) {
	if dir := os.Getenv("HEARSAY_FRAMES"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the user's frames: %w; HEARSAY_FRAMES names a folder", err)
	}
	return filepath.Join(dir, "hearsay", "frames"), nil
}

// Open returns the shipped frames with those of folders on top: an entry takes the place of
// one with the same pattern, noun, phrase or class before it. A folder that is not there is left
// out. The error joins a *Problem for every line that is wrong.
func Open(dirs ...string) (*Frames, error) {
	files, err := readFolder(shippedFiles, ".", "")
	if err != nil {
		return nil, err
	}
	own := false
	for _, dir := range dirs {
		more, err := readFolder(os.DirFS(dir), ".", dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("open frames: %w", err)
		}
		files = append(files, more...)
		own = own || len(more) > 0
	}
	if !own {
		return Shipped(), nil
	}
	return build(files)
}

// File is a file of entries.
type File struct {
	Name string // as the user named it; its base says what it holds
	Data []byte
}

// Problem is a line that is wrong.
type Problem struct {
	File string
	Line int
	What string
}

func (p *Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What) }

// readFolder reads the text files of a folder in the order of their names.
func readFolder(in fs.FS, root, dir string) (files []File, err error) {
	entries, err := fs.ReadDir(in, root)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".txt" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		data, err := fs.ReadFile(in, e.Name())
		if err != nil {
			return nil, err
		}
		files = append(files, File{filepath.Join(dir, e.Name()), data})
	}
	return files, nil
}

// Check says what is wrong in files that are to come on top of the shipped ones. The error
// joins a *Problem for each mistake.
func Check(files ...File) error {
	own, err := readFolder(shippedFiles, ".", "")
	if err != nil {
		return err
	}
	_, err = build(append(own, files...))
	return err
}

// builder gathers entries and mistakes.
type builder struct {
	frames   map[string]*Frame // by kind and pattern
	contexts map[string]string
	agents   map[string]string
	classes  map[string][]string
	problems []error
}

func (b *builder) fail(f File, line int, format string, a ...any) {
	b.problems = append(b.problems, &Problem{f.Name, line, fmt.Sprintf(format, a...)})
}

// build parses files, of which a later one wins over those before it.
func build(files []File) (*Frames, error) {
	b := &builder{frames: map[string]*Frame{}, contexts: map[string]string{}, agents: map[string]string{}, classes: map[string][]string{}}
	readers := map[string]func(File, int, string){
		"classes.txt": b.class, "contexts.txt": b.context, "agents.txt": b.agent,
		"verbs.txt": b.frame, "phrases.txt": b.frame, "nouns.txt": b.frame, "support.txt": b.frame,
	}
	// Classes first: patterns name them.
	ordered := slices.Clone(files)
	slices.SortStableFunc(ordered, func(x, y File) int {
		return cmp.Compare(rank(x.Name), rank(y.Name))
	})
	for _, f := range ordered {
		read := readers[filepath.Base(f.Name)]
		if read == nil {
			b.fail(f, 0, "what it holds is told by its name: %s", strings.Join(slices.Sorted(maps.Keys(readers)), ", "))
			continue
		}
		seen := map[string]int{}
		for i, line := range strings.Split(string(f.Data), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			key, _, ok := strings.Cut(line, " = ")
			if !ok && filepath.Base(f.Name) == "support.txt" {
				key, _, ok = strings.Cut(line, " : ")
			}
			if key = strings.TrimSpace(key); !ok {
				b.fail(f, i+1, "no \" = \"")
				continue
			}
			if before, twice := seen[key]; twice && filepath.Base(f.Name) != "classes.txt" {
				b.fail(f, i+1, "%s stands in line %d already", key, before)
				continue
			}
			seen[key] = i + 1
			read(f, i+1, line)
		}
	}
	if b.problems != nil {
		return nil, errors.Join(b.problems...)
	}
	out := b.index()
	hash := xxhash.New()
	for _, f := range ordered {
		fmt.Fprintf(hash, "%s\n%s\n", filepath.Base(f.Name), f.Data)
	}
	out.version = fmt.Sprintf("%08x", hash.Sum64()>>32)
	return out, nil
}

func rank(name string) int {
	if filepath.Base(name) == "classes.txt" {
		return 0
	}
	return 1
}

func (b *builder) class(f File, n int, line string) {
	name, rest, _ := strings.Cut(line, " = ")
	name = strings.TrimSpace(name)
	for _, w := range strings.Split(rest, ",") {
		if w = strings.TrimSpace(w); w == "" || strings.ContainsAny(w, " |@") {
			b.fail(f, n, "%q is no word", w)
			continue
		}
		if !slices.Contains(b.classes[name], w) {
			b.classes[name] = append(b.classes[name], w)
		}
	}
}

func (b *builder) context(f File, n int, line string) {
	phrase, context, _ := strings.Cut(line, " = ")
	context = strings.TrimSpace(context)
	if !slices.Contains(Contexts, context) {
		b.fail(f, n, "%s is no context of PLOVER's", context)
		return
	}
	b.contexts[strings.ToLower(strings.TrimSpace(phrase))] = context
}

func (b *builder) agent(f File, n int, line string) {
	noun, sector, _ := strings.Cut(line, " = ")
	sector = strings.TrimSpace(sector)
	if !slices.Contains(Sectors, sector) && sector != "none" {
		b.fail(f, n, "%s is no agent code of PLOVER's", sector)
		return
	}
	b.agents[strings.ToLower(strings.TrimSpace(noun))] = sector
}

// frame reads a line of verbs, phrases, nouns or support.
func (b *builder) frame(f File, n int, line string) {
	base := filepath.Base(f.Name)
	frame := &Frame{File: f.Name, Line: n, Noun: base == "nouns.txt", Support: base == "support.txt"}
	left, example, ok := strings.Cut(line, " : ")
	if !ok {
		b.fail(f, n, "no \" : \" and an example after it")
		return
	}
	frame.Example = strings.TrimSpace(example)
	if frame.Example == "" || !strings.ContainsAny(frame.Example[len(frame.Example)-1:], ".?!\"") {
		b.fail(f, n, "the example is no sentence")
	}
	pattern, what, _ := strings.Cut(left, " = ")
	frame.Text = strings.Join(strings.Fields(pattern), " ")
	var err error
	if frame.Pattern, err = parsePattern(frame.Text, frame.Noun, b.classes); err != nil {
		b.fail(f, n, "%s: %v", frame.Text, err)
		return
	}
	if !frame.Support {
		b.code(f, n, frame, strings.Fields(what))
	} else if strings.TrimSpace(what) != "" {
		b.fail(f, n, "a support verb has no type")
	}
	kind := "verb"
	if frame.Noun || frame.Support {
		kind = base
	}
	b.frames[kind+"\t"+frame.Text] = frame
}

// code reads "TYPE mode +context".
func (b *builder) code(f File, n int, frame *Frame, fields []string) {
	if len(fields) == 0 {
		b.fail(f, n, "no type")
		return
	}
	frame.Type = fields[0]
	modes, ok := Types[frame.Type]
	if !ok && frame.Type != "none" {
		b.fail(f, n, "%s is no type of PLOVER's", frame.Type)
		return
	}
	for _, x := range fields[1:] {
		if context, ok := strings.CutPrefix(x, "+"); ok {
			if !slices.Contains(Contexts, context) {
				b.fail(f, n, "%s is no context of PLOVER's", context)
			}
			frame.Contexts = append(frame.Contexts, context)
		} else if slices.Contains(modes, x) {
			frame.Modes = append(frame.Modes, x)
		} else {
			b.fail(f, n, "%s is no mode of %s", x, frame.Type)
		}
	}
}

// index makes the tables in which frames are looked up.
func (b *builder) index() *Frames {
	out := &Frames{byHead: map[string][]*Frame{}, contexts: b.contexts, agents: b.agents, classes: b.classes}
	for _, key := range slices.Sorted(maps.Keys(b.frames)) {
		f := b.frames[key]
		out.all = append(out.all, f)
		for _, h := range f.Pattern.Heads {
			h = strings.ToLower(h)
			out.byHead[h] = append(out.byHead[h], f)
			if !f.Noun {
				for _, form := range forms(h) {
					out.byHead[form] = append(out.byHead[form], f)
				}
			}
		}
	}
	for _, list := range out.byHead {
		slices.SortStableFunc(list, func(x, y *Frame) int { return y.Pattern.Weight - x.Pattern.Weight })
	}
	for phrase := range b.contexts {
		out.longest = max(out.longest, len(strings.Fields(phrase)))
	}
	return out
}

// Version is half of the hash of all files: it changes whenever a line does.
func (f *Frames) Version() string { return f.version }

// All returns every frame, sorted by file and pattern.
func (f *Frames) All() []*Frame { return f.all }

// On returns the frames that hang on a word, given as a lemma or as a form in small
// letters, the heaviest first.
func (f *Frames) On(word string) []*Frame { return f.byHead[word] }

// Context returns the context that a word or phrase stands for, in small letters or as lemmas, or "".
func (f *Frames) Context(phrase string) string { return f.contexts[phrase] }

// LongestContext is how many words the longest phrase of contexts.txt has.
func (f *Frames) LongestContext() int { return f.longest }

// Class returns the words of a class, or nil.
func (f *Frames) Class(name string) []string { return f.classes[name] }

// Agent returns the sector of those whom a common noun names, "none" for one that names no
// political actor, and "" where the list has not got it.
func (f *Frames) Agent(noun string) string { return f.agents[noun] }
