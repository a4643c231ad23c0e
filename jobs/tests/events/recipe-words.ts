/** The word lists that invented recipes are made of. */

export interface Family {
  /** What the dish is called at the end of its name. */
  readonly dishes: readonly [string, ...string[]];
  readonly styles: readonly [string, ...string[]];
  /** Word for the name -> its ingredient line. */
  readonly mains: readonly [readonly [string, string], ...(readonly [string, string])[]];
  readonly basics: readonly string[];
  /** Usual times in minutes, from and to. */
  readonly prep: readonly [number, number];
  readonly cook: readonly [number, number];
}

export const BEEF_FAMILY: Family = {
  dishes: ['Stew', 'Pot Roast', 'Goulash', 'Chili', 'Pie', 'Curry', 'Ragout', 'Noodle Bowl', 'Stir-Fry', 'Tacos'],
  styles: ['Slow', 'Sunday', 'Smoky', 'Peppery', 'Weeknight', 'Farmhouse', 'Winter', 'Quick', 'Dark Ale', 'Red Wine'],
  mains: [
    ['Beef Shin', '3 pounds beef shin on the bone'],
    ['Beef', '1 pound ground beef'],
    ['Brisket', '1 flat-cut Beef Brisket (about 4 pounds)'],
    ['Short Rib', '6 beef short ribs, trimmed'],
    ['Chuck', '2 pounds BEEF chuck, cut into large cubes'],
    ['Oxtail', '2 pounds oxtail, plus 3 cups Beef broth'],
    ['Sirloin', '12 ounces beef sirloin, sliced thin against the grain'],
    ['Corned Beef', '1 can (12 ounce) corned-beef hash'],
  ],
  basics: [
    '2 tablespoons flour',
    '1 bay leaf',
    '2 carrots, in thick coins',
    '1 tablespoon tomato paste',
    '1 cup stout',
  ],
  prep: [10, 40],
  cook: [12, 240],
};

export const FAMILIES: readonly [Family, ...Family[]] = [
  {
    dishes: ['Soup', 'Chowder', 'Broth', 'Bisque'],
    styles: ['Creamy', 'Clear', 'Golden', 'Rustic', 'Roasted', 'Spring', 'Harvest'],
    mains: [
      ['Leek', '4 leeks, white parts only'],
      ['Parsnip', '1 1/2 pounds parsnips, peeled'],
      ['Sweet Corn', '5 ears sweet corn, kernels cut off'],
      ['Red Lentil', '1 1/2 cups red lentils, rinsed'],
      ['Celeriac', '1 celeriac, peeled and diced'],
      ['White Bean', '2 cans white beans, drained'],
    ],
    basics: ['5 cups vegetable stock', '1 potato, diced', '1/2 cup cream', '1 pinch nutmeg', '1 tablespoon butter'],
    prep: [10, 25],
    cook: [18, 55],
  },
  {
    dishes: ['Salad', 'Slaw', 'Bowl'],
    styles: ['Crunchy', 'Warm', 'Picnic', 'Late Summer', 'Lemony', 'Big'],
    mains: [
      ['Fennel', '2 bulbs fennel, shaved'],
      ['Farro', '1 cup farro, cooked and cooled'],
      ['Tomato', '3 beefsteak tomatoes, in wedges'],
      ['Cucumber', '2 cucumbers, smashed and salted'],
      ['Beet', '5 small beets, boiled'],
      ['Chickpea', '2 cans chickpeas, drained'],
    ],
    basics: [
      '3 tablespoons olive oil',
      '1 tablespoon mustard',
      '1 handful parsley',
      '2 ounces feta',
      '1 lemon, juice only',
    ],
    prep: [8, 25],
    cook: [0, 12],
  },
  {
    dishes: ['Cake', 'Muffins', 'Loaf', 'Crumble', 'Cookies', 'Tart', 'Scones'],
    styles: ['Sticky', 'Buttermilk', 'Brown Butter', 'One-Bowl', 'Upside-Down', 'Tea-Time', 'Spiced'],
    mains: [
      ['Plum', '1 pound plums, halved and stoned'],
      ['Walnut', '1 1/2 cups walnuts, toasted'],
      ['Pear', '4 firm pears, sliced'],
      ['Rhubarb', '3 cups rhubarb, in short pieces'],
      ['Poppy Seed', '1/3 cup poppy seeds'],
      ['Chocolate', '6 ounces dark chocolate, melted'],
    ],
    basics: [
      '2 cups flour',
      '1 cup sugar',
      '2 eggs',
      '1 stick butter, soft',
      '2 teaspoons baking powder',
      '1/2 cup milk',
    ],
    prep: [15, 35],
    cook: [14, 65],
  },
  {
    dishes: ['Pasta', 'Risotto', 'Gnocchi', 'Lasagna', 'Pilaf'],
    styles: ['Baked', 'Green', 'Midnight', 'Family', 'Garlicky', 'Three-Cheese'],
    mains: [
      ['Mushroom', '1 pound brown mushrooms, torn'],
      ['Zucchini', '3 zucchini, grated and squeezed dry'],
      ['Squash', '1 small squash, roasted soft'],
      ['Spinach', '10 ounces spinach, wilted'],
      ['Sausage', '4 pork sausages, skins off'],
      ['Pea', '2 cups frozen peas'],
    ],
    basics: ['12 ounces pasta or rice', '1 cup grated hard cheese', '1/2 cup white wine', '2 shallots, minced'],
    prep: [10, 25],
    cook: [12, 60],
  },
  {
    dishes: ['Skewers', 'Traybake', 'Parcels', 'Fritters', 'Roast', 'Gratin'],
    styles: ['Crisp', 'Herbed', 'Honey', 'Charred', 'Weekend', 'Harissa'],
    mains: [
      ['Chicken', '8 chicken thighs, skin on'],
      ['Salmon', '4 salmon fillets (6 ounces each)'],
      ['Cod', '1 1/2 pounds cod, in large pieces'],
      ['Pork', '1 pork shoulder (3 pounds)'],
      ['Turkey', '1 pound ground turkey'],
      ['Cauliflower', '1 cauliflower, cut through the core'],
      ['Tofu', '1 block firm tofu, pressed; the sauce wants a beefy, dark miso'],
    ],
    basics: ['2 teaspoons smoked paprika', '1 red onion, in wedges', '4 cloves garlic', '2 sprigs thyme', '1 lime'],
    prep: [10, 30],
    cook: [15, 95],
  },
];

export const COMPANIONS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Rosemary', '1 sprig rosemary'],
  ['Dill', '1 bunch dill, chopped'],
  ['Ginger', '1 thumb of ginger, grated'],
  ['Orange', '1 orange, zest and juice'],
  ['Caraway', '1 teaspoon caraway seeds'],
  ['Horseradish', '2 tablespoons grated horseradish'],
  ['Sage', '12 sage leaves'],
  ['Pink Pepper', '1 teaspoon pink peppercorns'],
  ['Hazelnuts', '1/2 cup hazelnuts, chopped'],
  ['Apple', '1 tart apple, cored'],
  ['Chive Oil', '1/4 cup chive oil'],
  ['Crème Fraîche', '3 tablespoons crème fraîche'],
  ['Jalapeño', '1 jalapeño, seeded'],
];

export const PANTRY: readonly [string, ...string[]] = [
  '1 teaspoon salt',
  'Black pepper, to taste',
  '1 onion, finely chopped',
  '2 cloves garlic, crushed',
  '1 tablespoon oil',
  '1/2 teaspoon sugar',
  '1 tablespoon vinegar',
  'Water, as needed',
];

export const YIELDS: readonly [string, ...string[]] = [
  '2',
  '4',
  '4',
  '6',
  'Serves 4',
  'Serves 6',
  '8',
  '12',
  'Serves 10',
];

export const REMARKS: readonly [string, ...string[]] = [
  'Tastes even better on the second day.',
  'Good with bread and a sharp green salad.',
  'The kind of dish that waits for late guests.',
  'Halve it for two, or freeze the other half.',
  'Everything goes into one pan, which is half the charm.',
  'We make this whenever the first frost comes.',
  'Do not skip the resting time.',
  'A neighbour gave us the idea; the rest was hunger.',
];

export const SITES: readonly [string, ...string[]] = [
  'https://kitchen-notes.example/recipes/',
  'https://www.thesecondspoon.example/r/',
  'http://oldstove.example/dishes/',
];
