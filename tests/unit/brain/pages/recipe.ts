import { pageOf } from './pages';

export const recipe = pageOf(
  'https://slowcrumb.example/rye-loaf',
  'Overnight rye loaf – Slow Crumb',
  'en-GB',
  [
    [
      1,
      'Overnight rye loaf',
      [
        'This is the loaf I bake every Saturday. It needs ten minutes of work in the evening and an hour of baking the next morning. My grandmother Ilse made it in a wood oven in Tartu; mine is electric.',
        'Serves 8. Keeps for five days in a linen bag, and it freezes well for up to three months.',
      ],
    ],
    [
      2,
      'Ingredients',
      [
        '400 g wholemeal rye flour',
        '100 g strong white flour',
        '10 g fine sea salt',
        '150 g active sourdough starter',
        '420 ml lukewarm water',
        '1 tbsp caraway seeds (optional)',
        '2 tbsp black treacle',
      ],
    ],
    [
      2,
      'Method',
      [
        'Mix the flours, salt and caraway in a large bowl.',
        'Stir the starter and the treacle into the water, then pour it over the flour.',
        'Cover the bowl with a damp cloth and leave it overnight, 10 to 12 hours, at room temperature.',
        'Scrape the dough into a buttered tin and let it rise for another 90 minutes.',
        'Bake at 220 °C for 20 minutes, then at 190 °C for 40 minutes.',
        'Let it cool completely before cutting, because the crumb is gummy while warm.',
      ],
    ],
    [
      2,
      'Notes',
      [
        'Rye contains little gluten, so do not expect it to double in size. If you have no starter, use 5 g of dried yeast and a spoonful of yoghurt. The treacle is there for colour; honey works as well.',
        'Do not skip the salt. Without it the dough ferments too fast and turns sour.',
      ],
    ],
  ],
);
