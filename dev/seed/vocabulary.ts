/** Departments with their groups, and the product nouns of each group. */
type Department = { name: string; groups: Readonly<Record<string, readonly string[]>> };

export const departments: readonly Department[] = [
  {
    name: 'Kitchen',
    groups: {
      Pans: ['skillet', 'saucepan', 'wok', 'grill pan', 'crêpe pan'],
      Pots: ['stock pot', 'casserole', 'steamer', 'milk pot'],
      Knives: ["chef's knife", 'bread knife', 'paring knife', 'cleaver', 'knife block'],
      Coffee: ['espresso maker', 'coffee grinder', 'French press', 'filter holder', 'milk frother'],
      Baking: ['loaf tin', 'rolling pin', 'baking sheet', 'proofing basket', 'cake stand'],
      Tableware: ['dinner plate', 'soup bowl', 'mug', 'water glass', 'carafe'],
    },
  },
  {
    name: 'Garden',
    groups: {
      'Hand tools': ['spade', 'rake', 'hoe', 'hand fork', 'bulb planter'],
      Watering: ['watering can', 'hose', 'sprinkler', 'rain barrel'],
      Pots: ['flower pot', 'planter', 'raised bed', 'hanging basket'],
      Seeds: ['tomato seeds', 'lettuce seeds', 'sunflower seeds', 'bean seeds', 'herb seeds'],
      Pruning: ['secateurs', 'hedge shears', 'pruning saw', 'lopper'],
    },
  },
  {
    name: 'Bicycles',
    groups: {
      Bicycles: ['city bicycle', 'gravel bicycle', 'folding bicycle', 'cargo bicycle', 'road bicycle'],
      Lights: ['front light', 'rear light', 'dynamo', 'reflector set'],
      Bags: ['pannier', 'handlebar bag', 'saddle bag', 'basket'],
      Parts: ['saddle', 'chain', 'brake pads', 'pedals', 'cassette', 'inner tube'],
      Locks: ['chain lock', 'frame lock', 'folding lock'],
    },
  },
  {
    name: 'Workshop',
    groups: {
      Saws: ['pull saw', 'hacksaw', 'coping saw', 'mitre saw'],
      Hammers: ['claw hammer', 'mallet', 'sledge hammer', 'tack hammer'],
      Drills: ['cordless drill', 'hammer drill', 'drill bit set', 'hand drill'],
      Measuring: ['calliper', 'spirit level', 'tape measure', 'square', 'laser meter'],
      Clamps: ['screw clamp', 'spring clamp', 'bar clamp'],
      Benches: ['workbench', 'saw horse', 'tool chest', 'vice'],
    },
  },
  {
    name: 'Music',
    groups: {
      Guitars: ['classical guitar', 'electric guitar', 'ukulele', 'bass guitar'],
      Keys: ['digital piano', 'melodica', 'synthesizer', 'accordion'],
      Strings: ['violin', 'cello', 'viola', 'guitar strings'],
      Drums: ['cajón', 'snare drum', 'tambourine', 'drum sticks'],
      Accessories: ['music stand', 'metronome', 'tuner', 'capo'],
    },
  },
  {
    name: 'Books',
    groups: {
      Novels: ['novel', 'mystery', 'thriller', 'saga'],
      Travel: ['travel guide', 'atlas', 'walking map', 'road map'],
      Cooking: ['cookbook', 'bread book', 'recipe journal'],
      Science: ['field guide', 'textbook', 'star chart', 'encyclopaedia'],
      Children: ['picture book', 'pop-up book', 'colouring book', 'fairy tales'],
    },
  },
  {
    name: 'Lighting',
    groups: {
      Lamps: ['table lamp', 'floor lamp', 'desk lamp', 'reading lamp'],
      Pendants: ['pendant', 'chandelier', 'lampshade'],
      Bulbs: ['LED bulb', 'filament bulb', 'candle bulb'],
      Outdoor: ['garden light', 'lantern', 'wall light', 'string lights'],
    },
  },
  {
    name: 'Bedroom',
    groups: {
      Linen: ['duvet cover', 'pillowcase', 'fitted sheet', 'bedspread'],
      Pillows: ['feather pillow', 'neck pillow', 'bolster'],
      Blankets: ['wool blanket', 'quilt', 'throw', 'duvet'],
      Furniture: ['bed frame', 'bedside table', 'wardrobe', 'chest of drawers'],
    },
  },
  {
    name: 'Office',
    groups: {
      Paper: ['notebook', 'sketchbook', 'writing pad', 'index cards'],
      Pens: ['fountain pen', 'ballpoint', 'pencil set', 'highlighter'],
      Desks: ['standing desk', 'desk mat', 'monitor stand', 'drawer unit'],
      Chairs: ['office chair', 'stool', 'footrest'],
    },
  },
  {
    name: 'Toys',
    groups: {
      Wood: ['building blocks', 'train set', 'marble run', 'shape sorter'],
      Games: ['board game', 'card game', 'chess set', 'puzzle'],
      Outdoors: ['kite', 'swing', 'sandpit', 'skipping rope'],
      Plush: ['teddy bear', 'rag doll', 'hand puppet'],
    },
  },
  {
    name: 'Clothing',
    groups: {
      Shirts: ['linen shirt', 'flannel shirt', 'T-shirt', 'blouse'],
      Knitwear: ['jumper', 'cardigan', 'scarf', 'woollen socks'],
      Outerwear: ['rain jacket', 'parka', 'waistcoat', 'overcoat'],
      Shoes: ['walking boots', 'sandals', 'trainers', 'slippers'],
    },
  },
  {
    name: 'Camping',
    groups: {
      Tents: ['dome tent', 'tunnel tent', 'tarpaulin', 'tent pegs'],
      Sleeping: ['sleeping bag', 'sleeping mat', 'hammock'],
      Cooking: ['camping stove', 'mess tin', 'cool box', 'water filter'],
      Packs: ['rucksack', 'day pack', 'dry bag', 'stuff sack'],
    },
  },
];

/** Names of the lowest categories in each group. */
export const lines = ['Everyday', 'Professional', 'For children', 'Travel size'];

export const adjectives =
  'classic sturdy light compact large small modern rustic Nordic Alpine folding stackable quiet bright handmade seasoned refined deep shallow tall slim wide everyday festive'.split(
    ' ',
  );
export const materials =
  'oak beech walnut bamboo steel cast-iron copper brass aluminium enamel porcelain stoneware glass linen cotton wool leather felt cork rubber carbon titanium'.split(
    ' ',
  );
export const colours = 'white black grey blue green red yellow natural sand terracotta petrol burgundy silver ochre'.split(' ');

export const praises = [
  'Made to be repaired, not replaced.',
  'Made in small batches by people who use it themselves.',
  'Tested for ten years of daily use.',
  'A favourite of our customers since the first season.',
  'Comes with a spare part and a manual that fits on one page.',
  'Designed with care, and finished by hand.',
  'Packed without plastic.',
  'Good company on a long journey.',
];
export const cares = [
  'Wipe with a damp cloth.',
  'Suitable for the dishwasher.',
  'Oil it once a year.',
  'Keep it dry and out of the sun.',
  'Wash at thirty degrees.',
  'Needs no maintenance.',
];

/** Syllables of brands: they make many names without common words. */
export const syllables =
  'al ba cor den el fjo gra hol ira jun kel lum mar nor ost pil qui ros sal tor ulm ver wen yar zan bir dal fen gul hav'.split(
    ' ',
  );
