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
  a: `augh|aw AO; au AO; all AO L; al(?=t|d|so|w) AO L; al(?=k) AO; air EH R; are(?=s?$|d$|ful|less) EH R;
    ar(?=[^aeiouyr]|$) AA R; ai|ay EY; able$ AX B AX L; ally$ AX L IY; (?<=[aeiou].*)age(?=s?$) IH JH;
    (?<=[aeiou].*)ate(?=s?$) EY T; a(?=tion|cious|tious|nge|ste) EY; (?<=w|wh|qu)a(?=[^gkxyiv]) AA; a${silentE} EY;
    a(?=[bcdgpt]le) EY; ^a(?=[bcdfglmnpv][eaiolru]) AX; (?<=[aeiou].*)al(?=s?$) AX L;
    (?<=[aeiou].*)an(?=ts?$|ces?$|s?$) AX N; (?<=.)a$ AX; ah AA; a AE`,
  b: `bb B; (?<=m)b(?=$|s|ing|ed); b B`,
  c: `cc(?=[eiy]) K S; cc K; ch(?=[rl]|aos|arac|emi|oi?r) K; ch CH; ck K; c(?=ia|io|iou|ien) SH; c(?=[eiy]) S; c K`,
  d: `dge|dg JH; dd D; d D`,
  e: `eigh EY; ei(?=g|n) EY; (?<=b)eau Y UW; eau OW; ear(?=[lnt](?!s?$)|ch|th|n) ER; ear|eer IH R; ee IY;
    ea(?=d$|dy|lth|ther|sur|ven|nt) EH; ea IY; eu|ew UW; e(?=ye) AY; ey$ IY; ey EY; ere$ IH R; er(?=[^aeiour]|$) ER;
    (?<=[td])ed$ IH D; (?<=[pkfsxc]|sh|ch)ed$ T; (?<=[aeiouy].*)ed$ D; (?<=[sxzcg]|sh|ch)es$ IH Z;
    (?<=[aeiouy].*)es$ Z; (?<=[aeiouy].*)e$; e$ IY; (?<=[aeiouy].*[^aeiou])e(?=ly$|ment|ful|less); e${silentE} IY;
    (?<=[aeiou].*)en(?=$|s$|ts?$|ces?$) AX N; (?<=[aeiou].*)el(?=s?$) AX L; ^e(?=[lmv][aeiou]|x) IH; e EH`,
  f: `ff F; f F`,
  g: `gh(?=t); (?<=i|ei|au|ou)gh; gh G; gg G; gn(?=$|s|ed|ing) N; ^gn N; gu(?=[eiy]) G; ge(?=ous|an) JH; ^g(?=et|ive|irl|ift) G;
    g(?=[eiy]) JH; g G`,
  h: `(?<=^(?:ex|g|k|r))h; h(?=[aeiouy]) HH; h`,
  i: `igh AY; ign$ AY N; ild$ AY L D; ind(?=$|s$|ing) AY N D; ied$ AY D; ies$ IY Z; ie(?=ld|f|ve|ce|w) IY; ie$ AY; ie AY AX;
    ique IY K; ire AY ER; ir(?=[^aeiour]|$) ER; (?<=t|c|s|x)ion AX N; iou IY AX; (?<=^[^aeiou]?)i(?=[aeo]) AY; i(?=[aou]) IY;
    (?<=[aeiou].*)i(?=ne$|ve$|ce$|te$) IH; (?<=[aeiou].*)i[sz](?=e|ing) AY Z; i${silentE} AY; ^i(?=dea|tem|con) AY; i$ IY; i IH`,
  j: `j JH`,
  k: `^kn N; kk K; k K`,
  l: `(?<=[ao])l(?=[kf]); (?<=ou)l(?=d); ll L; (?<=[bcdfgkpstz])le(?=$|d$) AX L; (?<=[bcdfgkpstz])les$ AX L Z; l L`,
  m: `mm M; m M`,
  n: `ng(?=[aou]|er|le) NG G; ng NG; n(?=[kqx]|c[^eiyh]) NG; nn N; n N`,
  o: `ough(?=t) AO; ough OW; oar|oor AO R; our(?=s?$|ce|t|n) AO R; ous(?=$|ly|ness) AX S; ould UH D;
    ou(?=nt|nd|n|t|s|d|th$) AW; ou UW; (?<=^h|^n|^c|all|^br|^d|p|^t)ow AW; ow OW; oi|oy OY; oo(?=k|d$|t$) UH; oo UW;
    oa|oe OW; (?<=w)or(?=[kdlms]) ER; ore|or AO R; old OW L D; olk OW K; ost$ OW S T; oll$ OW L; o(?=tion) OW;
    o${silentE} OW; (?<=[aeiou].*)o(?=ns?$|m$) AX; o$ OW; ^o(?=[pv]e) OW; o(?=[gt]h?er$) AH; o AA`,
  p: `^pn N; ^ps S; ph F; pp P; p P`,
  q: `que$ K; qu K W; q K`,
  r: `rr|rh R; r R`,
  s: `sc(?=[eiy]) S; ssion SH AX N; sion ZH AX N; sh SH; ssure SH ER; sure ZH ER; ss S; (?<=[aeiou])s(?=[ei]) Z;
    (?<=[aeioubdglmnrvwy])s$ Z; sm$ Z AX M; s S`,
  t: `tion SH AX N; tious SH AX S; tial SH AX L; tient SH AX N T; tch CH; ture CH ER; ^th(?=e|is|at|us$|ough$|an$|y) DH;
    th(?=er) DH; th TH; tt T; (?<=s)t(?=en$|le$); t T`,
  u: `ui(?=t|s) UW; ure Y UH R; ur(?=[^aeiour]|$) ER; uy AY; ue$ UW; (?<=[gq])u(?=[aeio]) W; (?<=[bcfhm])u${silentE} Y UW;
    u${silentE} UW; ^u(?=ni|se|til) Y UW; (?<=[bp])u(?=ll|sh) UH; (?<=[aeiou].*)u(?=ms?$|s$) AX; u(?=[bdlmnprst][aeio]) UW; u$ UW; u AH`,
  v: `v V`,
  w: `^wr R; ^wh(?=o) HH; wh W; w W`,
  x: `^x Z; (?<=^e)x(?=[aeiou]) G Z; x K S`,
  y: `^y Y; ${alone}y$ AY; (?<=f)y$ AY; y$ IY; y${silentE} AY; y(?=[aeiou]) Y; y IH`,
  z: `zz Z; z Z`,
};

export const rules: ReadonlyMap<string, readonly Rule[]> = new Map(
  Object.entries(rows).map(([letter, row]) => [letter, entries(row).map(ruleOf)]),
);

/** Words too common to get wrong. */
export const everyday = dictionary(`
  a AX; an AX N; the DH AX; of AX V; to T AX; and AX N D; or AO R; for F ER; from F R AX M; as AE Z; at AE T; by B AY; in IH N;
  is IH Z; was W AX Z; were W ER; are AA R; be B IY; been B IH N; has HH AE Z; have HH AE V; having HH AE V IH NG; had HH AE D;
  do D UW; does D AH Z; done D AH N; don't D OW N T; i AY; i'm AY M; you Y UW; your Y AO R; you're Y AO R; he HH IY; she SH IY;
  we W IY; they DH EY; their DH EH R; there DH EH R; they're DH EH R; them DH EH M; who HH UW; whose HH UW Z; what W AH T; where W EH R;
  why W AY; said S EH D; says S EH Z; say S EY; any EH N IY; many M EH N IY; some S AH M; come K AH M; one W AH N; once W AH N S;
  two T UW; four F AO R; eight EY T; only OW N L IY; other AH DH ER; another AX N AH DH ER; mother M AH DH ER; people P IY P AX L;
  because B IH K AO Z; could K UH D; would W UH D; should SH UH D; know N OW; now N AW; how HH AW; down D AW N; through TH R UW;
  though DH OW; thought TH AO T; enough IH N AH F; laugh L AE F; half HH AE F; rough R AH F; tough T AH F; great G R EY T; give G IH V; live L IH V;
  love L AH V; above AX B AH V; money M AH N IY; month M AH N TH; front F R AH N T; young Y AH NG; country K AH N T R IY;
  double D AH B AX L; touch T AH CH; put P UH T; good G UH D; blood B L AH D; work W ER K; word W ER D; world W ER L D; woman W UH M AX N;
  women W IH M IH N; child CH AY L D; children CH IH L D R AX N; friend F R EH N D; eye AY; eyes AY Z; heart HH AA R T; water W AO T ER;
  very V EH R IY; every EH V R IY; even IY V AX N; idea AY D IY AX; really R IH L IY; area EH R IY AX; hello HH AX L OW; page P EY JH;
  pages P EY JH IH Z; science S AY AX N S; ocean OW SH AX N; island AY L AX N D; busy B IH Z IY; build B IH L D; hour AW ER; honest AA N IH S T;
  sure SH UH R; sugar SH UH G ER; move M UW V; lose L UW Z; whole HH OW L; both B OW TH; most M OW S T; own OW N; answer AE N S ER;
  listen L IH S AX N; often AO F AX N; minute M IH N IH T; data D EY T AX; image IH M IH JH; language L AE NG G W IH JH; use Y UW Z;
  used Y UW Z D; user Y UW Z ER; human HH Y UW M AX N; ai EY AY; uk Y UW K EY; us AH S; it's IH T S; that's DH AE T S; no N OW; so S OW;
  reading R IY D IH NG; read R IY D; here HH IH R; again AX G EH N; against AX G EH N S T; ok OW K EY; found F AW N D; nobody N OW B AA D IY`);

/** Letters said by their names, as in BBC. */
export const letters = dictionary(`
  a EY; b B IY; c S IY; d D IY; e IY; f EH F; g JH IY; h EY CH; i AY; j JH EY; k K EY; l EH L; m EH M; n EH N; o OW; p P IY;
  q K Y UW; r AA R; s EH S; t T IY; u Y UW; v V IY; w D AH B AX L Y UW; x EH K S; y W AY; z Z IY`);

/** Digits and signs. */
export const signs = dictionary(`
  0 Z IH R OW; 1 W AH N; 2 T UW; 3 TH R IY; 4 F AO R; 5 F AY V; 6 S IH K S; 7 S EH V AX N; 8 EY T; 9 N AY N;
  % P ER S EH N T; & AE N D; + P L AH S; = IY K W AX L Z; @ AE T; $ D AA L ER Z; £ P AW N D Z; € Y UH R OW Z; ° D IH G R IY Z`);

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
