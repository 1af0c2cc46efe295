package collect

import (
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// Limits of what is taken into memory.
const (
	defaultPage = 20 << 20 // bytes of a page
	defaultList = 50 << 20 // bytes of a feed or sitemap: the sitemap protocol's own limit
	// Text shrinks to a tenth or so, and markup that repeats itself to a hundredth. What
	// unpacks to more than maxRatio times its size, and to more than freeSize bytes, is
	// made to fill memory.
	maxRatio = 200
	freeSize = 1 << 20
)

// errLarge and errBomb are reasons to refuse a body.
var (
	errLarge = errors.New("larger than the limit")
	errBomb  = fmt.Errorf("unpacks to more than %d times its size", maxRatio)
)

// readAll reads up to most bytes; more is errLarge. What was read comes with any error.
func readAll(r io.Reader, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(raw)) > most {
		return raw[:most], fmt.Errorf("%w of %s", errLarge, megabytes(most))
	}
	return raw, err
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// counter counts the bytes that are read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// unpacked reads what a gzip reader unpacks, and fails with errBomb once that is out of
// proportion to what it consumed.
type unpacked struct {
	zip *gzip.Reader
	in  *counter
	out int64
}

func unpack(r io.Reader) (*unpacked, error) {
	in := &counter{r: r}
	zip, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return &unpacked{zip: zip, in: in}, nil
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.zip.Read(p)
	u.out += int64(n)
	if u.out > freeSize && u.out > maxRatio*u.in.n {
		return 0, errBomb
	}
	return n, err
}

// gunzip unpacks raw into at most that many bytes. What was unpacked comes with any error.
func gunzip(raw io.Reader, most int64) ([]byte, error) {
	u, err := unpack(raw)
	if err != nil {
		return nil, err
	}
	return readAll(u, most)
}
