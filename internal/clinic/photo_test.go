package clinic_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// halves is a picture whose left half is red and whose right half is clear.
func halves(width, height int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width / 2 {
		for y := range height {
			img.Set(x, y, color.NRGBA{255, 0, 0, 255})
		}
	}
	return img
}

// corner is a picture whose first quarter is red.
func corner(width, height int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width / 2 {
		for y := range height / 2 {
			img.Set(x, y, color.NRGBA{255, 0, 0, 255})
		}
	}
	return img
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// held is a JPEG file that says how the camera was held.
func held(t *testing.T, img image.Image, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00")
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(head, b.Bytes()[2:]...)
}

func TestPhoto(t *testing.T) {
	for name, tt := range map[string]struct {
		file          []byte
		width, height int
		red           image.Point // a pixel that is red
		white         image.Point // one that was clear
	}{
		"a wide one":         {asPNG(t, halves(1000, 500)), 400, 200, image.Pt(10, 100), image.Pt(390, 100)},
		"a small one":        {asPNG(t, halves(40, 30)), 40, 30, image.Pt(5, 5), image.Pt(35, 25)},
		"a line":             {asPNG(t, halves(4000, 1)), 400, 1, image.Pt(10, 0), image.Pt(390, 0)},
		"held upright":       {held(t, corner(400, 200), 1), 400, 200, image.Pt(10, 10), image.Point{}},
		"held to the right":  {held(t, corner(400, 200), 6), 200, 400, image.Pt(190, 10), image.Point{}},
		"held to the left":   {held(t, corner(400, 200), 8), 200, 400, image.Pt(10, 390), image.Point{}},
		"held upside down":   {held(t, corner(400, 200), 3), 400, 200, image.Pt(390, 190), image.Point{}},
		"held who knows how": {held(t, corner(400, 200), 99), 400, 200, image.Pt(10, 10), image.Point{}},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := clinic.Photo(tt.file)
			if err != nil {
				t.Fatal(err)
			}
			got, format, err := image.Decode(bytes.NewReader(made))
			if err != nil || format != "jpeg" || got.Bounds() != image.Rect(0, 0, tt.width, tt.height) {
				t.Fatalf("made %s %v, %v", format, got.Bounds(), err)
			}
			if r, g, _, _ := got.At(tt.red.X, tt.red.Y).RGBA(); r < 0xc000 || g > 0x4000 {
				t.Errorf("%v is no red", got.At(tt.red.X, tt.red.Y))
			}
			if _, g, _, _ := got.At(tt.white.X, tt.white.Y).RGBA(); tt.white != (image.Point{}) && g < 0xc000 {
				t.Errorf("%v is no white", got.At(tt.white.X, tt.white.Y))
			}
		})
	}
}

func TestWhatIsNoPhoto(t *testing.T) {
	bomb := asPNG(t, image.NewGray(image.Rect(0, 0, 6000, 6000)))
	for name, tt := range map[string]struct {
		file []byte
		code string
	}{
		"nothing":         {nil, "photo.format"},
		"a text":          {[]byte("<script>"), "photo.format"},
		"half a picture":  {asPNG(t, halves(100, 100))[:80], "photo.format"},
		"too many bytes":  {make([]byte, clinic.MaxPhoto+1), "photo.large"},
		"too many pixels": {bomb, "photo.large"},
		"a broken camera": {held(t, halves(10, 10), 6)[:40], "photo.format"},
	} {
		if _, err := clinic.Photo(tt.file); fault.Code(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}
