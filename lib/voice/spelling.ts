/** One way to spell a sound. */
export interface Rule {
  /** Sticky: it is tried at one place of a lower-case word, and sees what stands around it. */
  readonly spelling: RegExp;
  /** ARPAbet names, without stress; none where the letters are silent. */
  readonly heard: readonly string[];
}

/** A vowel before these says its name: m_a_ke, m_a_kes, m_a_king, l_a_tely. */
const silentE = '(?=(?:[bcdfgklmnpstvz]|th|st)(?:e(?:s?$|d$|r$|rs$|ly$|ment|ful|less|n?$)|ings?$))';
/** No vowel stands before: m_e_, tr_y_. */
const alone = '(?<=^[^aeiouy]*)';

/** Rules by first letter: `spelling SOUNDS`, divided by `;`. The first that fits is taken. */
const rows: Readonly<Record<string, string>> = {
  a: `augh|aw AO; au AO; all AO L; al(?=[tdkw]|so) AO L; air EH R;
    are(?=s?$|d$|ful|less) EH R; ar(?=[^aeiouyr]|$) AA R; ai|ay EY; able$ AX B AX L;
    (?<=[aeiou].*)age(?=s?$) IH JH; a(?=tion|cious|tious|nge|ste) EY; (?<=w|wh|qu)a(?=[^gkxyiv]) AA;
    a${silentE} EY; a(?=[bcdgpt]le) EY; ^a(?=[bcdfglmnpv][eaiolru]) AX;
    (?<=[aeiou].*)al(?=s?$) AX L; (?<=[aeiou].*)an(?=ts?$|ces?$|s?$) AX N; (?<=.)a$ AX; a AE`,
  b: `(?<=m)b(?=$|s|ing|ed); b B`,
  c: `cc(?=[eiy]) K S; ch(?=[rl]|aos|arac|emi|oi?r) K; ch CH; c(?=ia|io|iou|ien) SH;
    c(?=[eiy]) S; c K`,
  d: `dge|dg JH; d D`,
  e: `ei(?=g|n) EY; ear(?=[lnt](?!s?$)|ch|th|n) ER; ee IY;
    ea(?=d$|dy|lth|ther|sur|ven|nt) EH; ea IY; eu|ew UW; ey$ IY; ere$ IH R;
    er(?=[^aeiour]|$) ER; (?<=[td])ed$ IH D; (?<=[aeiouy].*)ed$ D; (?<=[sxzcg]|sh|ch)es$ IH Z;
    (?<=[aeiouy].*)es$ Z; (?<=[aeiouy].*)e$; e$ IY; (?<=[aeiouy].*[^aeiou])e(?=ly$|ment|ful|less);
    e${silentE} IY; ^e(?=[lmv][aeiou]|x) IH; e EH`,
  f: `f F`,
  g: `gh(?=t); (?<=i|ei|au|ou)gh; gh G; gg G; gn(?=$|s|ed|ing) N; gu(?=[eiy]) G;
    ^g(?=et|ive|irl|ift) G; g(?=[eiy]) JH; g G`,
  h: `h(?=[aeiouy]) HH`,
  i: `igh AY; ign$ AY N; ild$ AY L D; ind(?=$|s$|ing) AY N D; ied$ AY D; ies$ IY Z;
    ie(?=ld|f|ve|ce|w) IY; ie AY AX; ire AY ER; ir(?=[^aeiour]|$) ER; (?<=t|c|s|x)ion AX N;
    (?<=[aeiou].*)i(?=ne$|ve$|ce$|te$) IH;
    i${silentE} AY; ^i(?=dea|tem|con) AY; i IH`,
  j: `j JH`,
  k: `^kn N; k K`,
  l: `(?<=[ao])l(?=[kf]); (?<=[bcdfgkpstz])le(?=$|d$) AX L; (?<=[bcdfgkpstz])les$ AX L Z; l L`,
  m: `m M`,
  n: `ng(?=[aou]|er|le) NG G; ng NG; n(?=[kqx]|c[^eiyh]) NG; n N`,
  o: `ough(?=t) AO; ough OW; oar|oor AO R; our(?=s?$|ce|t|n) AO R; ous(?=$|ly|ness) AX S;
    ou(?=nt|nd|n|t|s|d|th$) AW; ou UW; (?<=^h|^n|^c|all|^br|^d|p|^t)ow AW; ow OW; oi|oy OY; oo UW;
    oa|oe OW; (?<=w)or(?=[kdlms]) ER; ore|or AO R; old OW L D; ost$ OW S T; o${silentE} OW; (?<=[aeiou].*)o(?=ns?$|m$) AX; o$ OW; ^o(?=[pv]e) OW; o AA`,
  p: `ph F; p P`,
  q: `que$ K; qu K W; q K`,
  r: `rh R; r R`,
  s: `ssion SH AX N; sion ZH AX N; sh SH; sure ZH ER; s S`,
  t: `tion SH AX N; tial SH AX L; tch CH; ture CH ER; th TH; (?<=s)t(?=en$|le$); t T`,
  u: `ui(?=t|s) UW; ure Y UH R; ur(?=[^aeiour]|$) ER; ue$ UW; (?<=[gq])u(?=[aeio]) W;
    (?<=[bcfhm])u${silentE} Y UW; u${silentE} UW; ^u(?=ni|se|til) Y UW; (?<=[bp])u(?=ll|sh) UH;
    (?<=[aeiou].*)u(?=ms?$|s$) AX; u(?=[bdlmnprst][aeio]) UW; u$ UW; u AH`,
  v: `v V`,
  w: `^wr R; ^wh(?=o) HH; wh W; w W`,
  x: `^x Z; x K S`,
  y: `${alone}y$ AY; (?<=f)y$ AY; y${silentE} AY; y(?=[aeiou]) Y; y IH`,
  z: `z Z`,
};

export const rules: ReadonlyMap<string, readonly Rule[]> = new Map(
  Object.entries(rows).map(([letter, row]) => [letter, entries(row).map(ruleOf)]),
);

/** Words too common to get wrong, and that the rules would. */
export const everyday = dictionary(`
  a AX; an AX N; the DH AX; of AX V; to T AX; and AX N D; for F ER; from F R AX M; was W AX Z;
  were W ER; are AA R; have HH AE V; do D UW; does D AH Z; done D AH N; i AY; they DH EY;
  there DH EH R; who HH UW; whose HH UW Z; where W EH R; said S EH D; says S EH Z; any EH N IY;
  many M EH N IY; some S AH M; come K AH M; one W AH N; once W AH N S; two T UW; only OW N L IY;
  other AH DH ER; another AX N AH DH ER; people P IY P AX L; because B IH K AO Z; through TH R UW;
  enough IH N AH F; great G R EY T; give G IH V; live L IH V; love L AH V; put P UH T;
  women W IH M IH N; friend F R EH N D; eye AY; heart HH AA R T; water W AO T ER; very V EH R IY;
  every EH V R IY; idea AY D IY AX; ocean OW SH AX N; sure SH UH R; both B OW TH; answer AE N S ER; island AY L AX N D;
  often AO F AX N; use Y UW Z; read R IY D; again AX G EH N`);

/** Letters said by their names, as in BBC. */
export const letters = dictionary(`
  a EY; b B IY; c S IY; d D IY; e IY; f EH F; g JH IY; h EY CH; i AY; j JH EY; k K EY; l EH L; m EH M;
  n EH N; o OW; p P IY; q K Y UW; r AA R; s EH S; t T IY; u Y UW; v V IY; w D AH B Y UW; x EH K S;
  y W AY; z Z IY`);

/** Digits and signs. */
export const signs = dictionary(`
  0 Z IH R OW; 1 W AH N; 2 T UW; 3 TH R IY; 4 F AO R; 5 F AY V; 6 S IH K S; 7 S EH V AX N; 8 EY T; 9 N AY N;
  % P ER S EH N T; & AE N D; + P L AH S; $ D AA L ER Z`);

function ruleOf([spelling, heard]: readonly [string, readonly string[]]): Rule {
  return { spelling: new RegExp(`(?:${spelling})`, 'uy'), heard };
}

function dictionary(lines: string): ReadonlyMap<string, readonly string[]> {
  return new Map(entries(lines));
}

function entries(lines: string): (readonly [string, readonly string[]])[] {
  return lines.split(';').map((line) => {
    const [key = '', ...heard] = line.trim().split(/\s+/u);
    return [key, heard] as const;
  });
}
