package jalali

// fixed names the official holidays that have the same Jalali date every year.
// Those of the lunar calendar move and depend on sighting the moon; they are
// the clinic's own table, not a computation.
var fixed = map[[2]int]string{
	{1, 1}:   "نوروز",
	{1, 2}:   "نوروز",
	{1, 3}:   "نوروز",
	{1, 4}:   "نوروز",
	{1, 12}:  "روز جمهوری اسلامی ایران",
	{1, 13}:  "روز طبیعت",
	{3, 14}:  "رحلت امام خمینی",
	{3, 15}:  "قیام ۱۵ خرداد",
	{11, 22}: "پیروزی انقلاب اسلامی",
	{12, 29}: "روز ملی شدن صنعت نفت",
	{12, 30}: "آخرین روز سال",
}

// Holiday returns the name of the official holiday on d, and false when d is
// none of those with a fixed Jalali date. Fridays and lunar holidays are not
// its business.
func Holiday(d Day) (name string, ok bool) {
	date := d.Date()
	name, ok = fixed[[2]int{date.Month, date.Day}]
	return name, ok
}
