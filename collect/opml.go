package collect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Subscription is a feed that an OPML list names.
type Subscription struct {
	URL    string   // of the feed
	Title  string   // as the list calls it
	Site   string   // the page that the feed belongs to, or ""
	Folder []string // the outlines that it stands in, from the outside in
}

// OPML reads a list of subscriptions (http://opml.org/spec2.opml) in the order in which
// it names them. A feed that is named twice counts once. Outlines without a feed are folders.
// A list that breaks off is an error; what stands before comes with it.
func OPML(raw []byte) ([]Subscription, error) {
	text, _, err := xmlText(raw)
	if err != nil {
		return nil, fmt.Errorf("read OPML: %w", err)
	}
	if root := rootElement(text); root != "opml" {
		return nil, fmt.Errorf("read OPML: %w", notRoot("opml", root))
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = asIs
	var out []Subscription
	var folders []string // one for each open outline
	known := map[string]bool{}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("read OPML: byte %d: %w", dec.InputOffset(), err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "outline" {
				continue
			}
			s := subscription(e)
			if s.URL != "" && !known[s.URL] {
				known[s.URL] = true
				s.Folder = append([]string(nil), folders...)
				out = append(out, s)
			}
			folders = append(folders, s.Title)
		case xml.EndElement:
			if e.Name.Local == "outline" && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

// subscription reads the attributes of an outline. Programs differ in the case of their
// names: <outline text="Harbour" xmlUrl="https://harbour.example/rss"/>
func subscription(e xml.StartElement) (s Subscription) {
	var text string
	for _, a := range e.Attr {
		value := strings.TrimSpace(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			s.URL = value
		case "htmlurl":
			s.Site = value
		case "title":
			s.Title = value
		case "text":
			text = value
		}
	}
	if s.Title == "" {
		s.Title = text
	}
	return s
}

func notRoot(want, got string) error {
	if got == "" {
		return fmt.Errorf("no XML of the element <%s>", want)
	}
	return fmt.Errorf("the root is <%s>, not <%s>", got, want)
}
