-- A text as names are looked for in it, whatever the database's locale: without accents and case, with one kind of apostrophe and of
-- blank. As JSON prints it, a new line is a letter.
create or replace function ${schema}.folded_name(p_text text) returns text
language sql immutable parallel safe
return (
  select translate(lower(regexp_replace(case when octet_length(x.text) = length(x.text) then x.text
                                             else regexp_replace(normalize(x.text, nfkd), '[\u0300-\u036f]', '', 'g') end, '\s+', ' ', 'g')),
    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЄІЇҐ‘’ʼ`´ØÆŒŁĐÞ', 'αβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ''''''''''øæœłđþ')
  from (select regexp_replace(p_text, '\\[nrt]', ' ', 'g')) as x (text));
revoke all on function ${schema}.folded_name(text) from public;
