import { pageOf } from './pages';

export const reef = pageOf(
  'https://tidewater.example/science/kestrel-reef',
  'The reef that learned to cool itself',
  'en',
  [
    [
      0,
      null,
      [
        'Kestrel Reef, a shallow bank of coral 14 km off the coast of northern Palawan, has survived three marine heatwaves that killed most of its neighbours. Now a study led by Dr. Amara J. Okonkwo of the University of San Telmo explains how: cold water from a deep canyon washes over it twice a day.',
        'The findings, published on 3 March 2024 in the Journal of Tropical Ecology, could change how governments choose which reefs to protect.',
      ],
    ],
    [
      2,
      'A reef in the wrong place',
      [
        'The reef covers about 2,300 hectares and is home to 412 species of fish. It was first charted in 1868 by the survey ship HMS Plover, whose captain thought it a hazard and little else. Local fishers from the village of San Isidro have worked its edges for generations.',
        'Nobody expected it to last. "By every model we had, Kestrel should have been rubble by 2016," said Okonkwo. Water temperatures around it reached 32.4 °C in the summer of 2016, about 2 °C more than corals tolerate.',
      ],
    ],
    [
      2,
      'What bleaching is',
      [
        'Bleaching is what happens when stressed corals expel the algae that live in their tissue. The algae, called zooxanthellae, give corals their colour and up to 90% of their energy. A bleached coral is not dead, but it starves within weeks unless the water cools.',
        'Elsewhere in the region, 71% of corals bleached in 2016. On Kestrel Reef, only 9% did.',
      ],
    ],
    [
      2,
      'The canyon',
      [
        'Because the tide pushes against the canyon wall, cold water climbs 180 metres and spills over the reef. Oceanographers call this an internal tide. Each pulse lasts about 40 minutes and lowers the temperature by as much as 4 °C.',
        'The team placed 26 thermometers on the sea floor and read them every ten minutes for six years. Volunteers from San Isidro, 120 of them, cleaned and replaced the instruments by hand.',
      ],
    ],
    [
      2,
      'What it means for protection',
      [
        'Hard corals grow slowly, about one centimetre a year, whereas soft corals can grow ten times as fast but build no reef. That is why old hard-coral reefs cannot simply be replanted.',
        'The Philippine government plans to close the reef to trawlers in 2025. The project cost $1.8 million, paid by the Larsen Foundation. Critics such as the economist Benedict Ruiz say that money would be better spent on mangroves.',
        'Okonkwo disagrees. "You protect the lifeboat first," she said.',
      ],
    ],
  ],
);
