package clinic

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a format that photos come in

	"daftar/internal/fault"
)

// MaxPhoto is the largest file that a photo is made from, in bytes.
const MaxPhoto = 2 << 20

// photoEdge is the longest edge of a kept photo in pixels; mostPixels bounds
// what is unpacked to make it.
const (
	photoEdge  = 400
	mostPixels = 16_000_000
)

// Photo makes the picture of a patient from a JPEG or PNG file: at most 400
// pixels wide and high, as JPEG, with nothing else of the file in it. Invalid
// photo.format, photo.large.
func Photo(file []byte) ([]byte, error) {
	if len(file) > MaxPhoto {
		return nil, fault.New(fault.Invalid, "photo.large", "the file is larger than %d bytes", MaxPhoto).At("photo")
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || head.Width < 1 || head.Height < 1 {
		return nil, noPhoto().Because(err)
	}
	if head.Width > mostPixels/head.Height {
		return nil, fault.New(fault.Invalid, "photo.large", "the picture has too many pixels").At("photo")
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, noPhoto().Because(err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrunk(picture), orientation(file)), &jpeg.Options{Quality: 85}); err != nil {
		return nil, noPhoto().Because(err)
	}
	return out.Bytes(), nil
}

func noPhoto() *fault.Error {
	return fault.New(fault.Invalid, "photo.format", "the file is no JPEG or PNG").At("photo")
}

// shrunk returns the picture on white, no edge longer than photoEdge: each
// pixel is the mean of those it stands for.
func shrunk(from image.Image) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	width, height := w, h
	if longest := max(w, h); longest > photoEdge {
		width, height = max(1, w*photoEdge/longest), max(1, h*photoEdge/longest)
	}
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			area := image.Rect(b.Min.X+x*w/width, b.Min.Y+y*h/height, b.Min.X+(x+1)*w/width, b.Min.Y+(y+1)*h/height)
			to.SetRGBA(x, y, mean(from, area))
		}
	}
	return to
}

// mean is the colour of an area that has at least one pixel.
func mean(from image.Image, area image.Rectangle) color.RGBA {
	var red, green, blue, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			r, g, b, a := from.At(x, y).RGBA() // already multiplied by a
			white := uint64(0xffff - a)
			red, green, blue, n = red+uint64(r)+white, green+uint64(g)+white, blue+uint64(b)+white, n+1
		}
	}
	return color.RGBA{uint8(red / n >> 8), uint8(green / n >> 8), uint8(blue / n >> 8), 0xff}
}

// upright turns a picture as a camera said that it was held; see orientation.
func upright(from *image.RGBA, held int) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	place := map[int]func(x, y int) (int, int){
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		6: func(x, y int) (int, int) { return h - 1 - y, x },
		8: func(x, y int) (int, int) { return y, w - 1 - x },
	}[held]
	if place == nil {
		return from
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if held != 3 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			toX, toY := place(x, y)
			to.SetRGBA(toX, toY, from.RGBAAt(x, y))
		}
	}
	return to
}

// orientation is the tag of that name in the EXIF part of a JPEG file: 3 is
// upside down, 6 and 8 lie on a side, everything else is upright.
func orientation(file []byte) int {
	at := bytes.Index(file[:min(len(file), 1<<16)], []byte("Exif\x00\x00"))
	if at < 0 {
		return 1
	}
	tiff := file[at+6:]
	if len(tiff) < 8 {
		return 1
	}
	number := func(b []byte) int { return int(b[0])<<8 | int(b[1]) }
	if tiff[0] == 'I' { // Intel: the small end first
		number = func(b []byte) int { return int(b[1])<<8 | int(b[0]) }
	}
	const first = 8 // the directory of a camera follows the head
	if len(tiff) < first+2 {
		return 1
	}
	for i := range number(tiff[first:]) {
		entry := first + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if number(tiff[entry:]) == 0x0112 {
			return number(tiff[entry+8:])
		}
	}
	return 1
}
