-- A text as names are looked for in it, whatever the database's locale: without accents and without the case of Latin, Greek and Cyrillic
-- letters, with one kind of apostrophe and of blank. As JSON prints it, a new line is a letter.
create or replace function ${schema}.folded_name(p_text text) returns text
language sql immutable parallel safe
return (
  select case when position('  ' in z.text) > 0 then regexp_replace(z.text, ' +', ' ', 'g') else z.text end
  from (select replace(replace(replace(p_text, '\n', ' '), '\r', ' '), '\t', ' ')) as x (text)
  -- Most texts are ASCII, and need no look at a table.
  cross join lateral (select octet_length(x.text) = length(x.text)) as o (ascii)
  cross join lateral (
    select lower(translate(case when o.ascii then x.text else regexp_replace(normalize(x.text, nfkd), '[\u0300-\u036f]', '', 'g') end,
                           E'I\n\r\t', 'i   '))) as y (text)
  cross join lateral (
    select case when o.ascii then y.text else translate(y.text,
      'ıΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЄІЇҐ‘’ʼ`´ØÆŒŁĐÞ',
      'iαβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ''''''''''øæœłđþ') end) as z (text));
revoke all on function ${schema}.folded_name(text) from public;
