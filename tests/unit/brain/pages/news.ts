import { pageOf } from './pages';

export const news = pageOf(
  'https://northgate-gazette.example/business/halden-buys-brightline?ref=home',
  'Halden Rail buys Brightline Signals for €340m',
  'en',
  [
    [
      0,
      null,
      [
        "OSLO, 12 Sept. 2025 – Halden Rail, Norway's second-largest train maker, said on Friday that it has agreed to buy Brightline Signals Ltd. for €340 million in cash. The deal is expected to close in the first quarter of 2026, subject to approval by the European Commission.",
        'Brightline, founded in 1997 by the brothers Piet and Joost van Aalst in Utrecht, makes signalling software for metros in 19 cities. It employs 860 people, most of them in the Netherlands.',
      ],
    ],
    [
      2,
      'Why now',
      [
        'Halden wants software of its own because railways are replacing lineside signals with radio. "Steel is patient, software is not," said chief executive Ingrid Solheim. Revenue at Halden fell 4% last year to €2.1 billion, while Brightline grew 18%.',
        'No jobs will be cut before 2028, the companies said. Brightline will keep its name and its head office in Utrecht.',
      ],
    ],
    [
      2,
      'Reaction',
      [
        'Shares in Halden rose 6.2% in Oslo. Analyst Mei-Ling Tan of Corvus Bank called the price "full but fair". The FNV union asked for talks, since members fear that development could move to India.',
        'A rival bid from Siemens was rejected in July, according to two people with knowledge of the matter. Siemens declined to comment.',
      ],
    ],
    [
      2,
      'About Halden',
      [
        'Halden Rail was established in 1911 and is based in Halden, near the Swedish border. It builds trams, metro trains and snow ploughs.',
      ],
    ],
  ],
);
