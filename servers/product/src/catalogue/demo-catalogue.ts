import type { NewProduct } from './insert-products.ts';

type DemoProduct = readonly [name: string, priceMinor: number, stock: number, description: string, further?: Further];
type Further = Pick<
  NewProduct,
  'sku' | 'brand' | 'barcode' | 'compareAtPriceMinor' | 'weightGrams' | 'tags' | 'attributes' | 'status'
>;
/** A product with options, whose variants are the combinations of the values. */
type DemoFamily = {
  name: string;
  priceMinor: number;
  description: string;
  sku: string;
  options: Readonly<Record<string, readonly string[]>>;
  stock: number;
};
type DemoCategory = {
  name: string;
  description: string;
  products: readonly DemoProduct[];
  families?: readonly DemoFamily[];
};

/** A shop for demonstrations. The grand piano costs more than the opening balance of a wallet, so its purchase is declined. */
export const demoCatalogue: readonly DemoCategory[] = [
  {
    name: 'Clothing',
    description: 'In sizes and colours',
    products: [['Wool cap', 2_490, 60, 'Knitted, one size.']],
    families: [
      {
        name: 'Linen shirt',
        priceMinor: 5_900,
        description: 'Washed linen, with a small collar.',
        sku: 'CLO-SHIRT',
        options: { Size: ['S', 'M', 'L', 'XL'], Colour: ['White', 'Indigo'] },
        stock: 25,
      },
      {
        name: 'Work gloves',
        priceMinor: 1_990,
        description: 'Goatskin, for garden and workshop.',
        sku: 'CLO-GLOVES',
        options: { Size: ['8', '9', '10'] },
        stock: 60,
      },
    ],
  },
  {
    name: 'Kitchen',
    description: 'To cook with and to eat from',
    products: [
      [
        'Cast-iron skillet, 26 cm',
        4_490,
        120,
        'Seasoned, for every stove, and for the oven too.',
        {
          sku: 'KIT-SKILLET-26',
          brand: 'Hammer & Herd',
          barcode: '4006381333931',
          compareAtPriceMinor: 5_490,
          weightGrams: 2_300,
          tags: ['sale', 'induction'],
          attributes: { Material: 'Cast iron', Diameter: '26 cm' },
        },
      ],
      [
        "Chef's knife, 20 cm",
        8_900,
        60,
        'Forged steel, full tang, walnut handle.',
        { brand: 'Hammer & Herd', tags: ['gift'], attributes: { Material: 'Steel', Handle: 'Walnut' }, weightGrams: 240 },
      ],
      [
        'Stovetop espresso maker',
        3_290,
        200,
        'Aluminium, for six small cups.',
        { brand: 'Vapore', tags: ['gift', 'coffee'], attributes: { Material: 'Aluminium', Cups: '6' } },
      ],
      [
        'Burr coffee grinder',
        12_900,
        45,
        'Conical burrs, forty settings.',
        { brand: 'Vapore', tags: ['coffee', 'sale'], compareAtPriceMinor: 14_900 },
      ],
      ['Enamel stock pot, 10 l', 6_450, 70, 'With lid; good for soup for a street.'],
      ['Bread proofing basket', 1_990, 150, 'Rattan, with linen cover.'],
      ['Digital kitchen scale', 2_490, 180, 'To the gram, up to five kilograms.'],
      ['Porcelain bowl, set of four', 3_900, 90, 'White, stackable, for dishwasher and oven.'],
      ['Oak cutting board', 4_250, 80, 'End grain, with a groove for juices.'],
      ['Pasta machine', 7_990, 35, 'Seven widths, clamps to the table.'],
    ],
  },
  {
    name: 'Books',
    description: 'Paper, ink and time',
    products: [
      ['Designing Data-Intensive Systems', 4_499, 60, 'How data is kept, moved and not lost.'],
      ['A History of Double Entry', 2_850, 40, 'Five centuries of debit and credit.'],
      ['The Lighthouse Keepers', 1_299, 220, 'A novel of two brothers and one storm.'],
      ['Field Guide to Alpine Flowers', 2_195, 75, 'Six hundred species, drawn by hand.'],
      ['Bread: a Book of Loaves', 3_200, 55, 'Forty breads, from rye to brioche.'],
      ['Maps of Imaginary Cities', 3_990, 30, 'A large-format atlas of places that are not.'],
      ['Short Walks in Long Valleys', 1_650, 110, 'Thirty walks that end at an inn.'],
      ['The Clockmaker’s Apprentice', 1_199, 180, 'A mystery in five movements.'],
      ['Chess for the Second Player', 1_990, 65, 'What to do when they begin.'],
      ['Poems for the Night Train', 990, 140, 'Small enough for a coat pocket.'],
    ],
  },
  {
    name: 'Garden',
    description: 'For beds, pots and balconies',
    products: [
      ['Spade, ash handle', 4_990, 50, 'Stainless blade, tread edge.'],
      ['Secateurs', 3_450, 90, 'Bypass blades that can be sharpened.'],
      ['Watering can, 9 l', 2_990, 80, 'Galvanised, with a brass rose.'],
      ['Tomato seeds, ten sorts', 1_290, 300, 'Old sorts, open-pollinated.'],
      ['Beehive, complete', 24_900, 12, 'Two boxes, frames, floor and roof.'],
      ['Wheelbarrow', 11_900, 25, 'Pneumatic tyre, 85 litres.'],
      ['Raised bed, larch', 15_900, 20, '120 by 80 by 40 cm, untreated.'],
      ['Hand fork', 1_650, 130, 'Forged, for the patient weeder.'],
      ['Rain barrel, 300 l', 8_990, 30, 'With tap and lid.'],
      ['Bulb planter', 1_890, 95, 'With a scale in centimetres.'],
    ],
  },
  {
    name: 'Bicycles',
    description: 'Whole ones and parts',
    products: [
      [
        'City bicycle, seven gears',
        64_900,
        15,
        'Hub gears, lights, rack.',
        { brand: 'Velotta', weightGrams: 16_500, attributes: { Frame: 'Steel', Gears: '7' } },
      ],
      [
        'Gravel bicycle',
        189_000,
        8,
        'Steel frame, disc brakes, room for wide tyres.',
        { brand: 'Velotta', weightGrams: 11_200, attributes: { Frame: 'Steel', Gears: '12' }, tags: ['new'] },
      ],
      ['Cargo bicycle, electric', 549_000, 4, 'For two children and a crate of apples.'],
      [
        'Folding bicycle',
        119_000,
        10,
        'Under the desk in ten seconds.',
        { brand: 'Velotta', attributes: { Frame: 'Aluminium', Gears: '3' } },
      ],
      ['Helmet', 6_990, 85, 'Sizes from 52 to 62 cm.'],
      ['Chain lock', 5_490, 100, 'Hardened links, 110 cm.'],
      ['Leather saddle', 11_500, 40, 'Takes a summer to become yours.'],
      ['Pannier, waterproof, pair', 13_900, 35, 'Forty litres in all.'],
      ['Floor pump', 3_990, 75, 'Up to eleven bar.'],
      ['Puncture kit', 690, 400, 'Patches, glue, chalk, hope.'],
    ],
  },
  {
    name: 'Music',
    description: 'Instruments and what they need',
    products: [
      ['Classical guitar', 34_900, 14, 'Cedar top, rosewood sides.'],
      ['Ukulele, soprano', 6_900, 45, 'Mahogany, with bag.'],
      ['Violin, student', 42_000, 9, 'With bow, case and rosin.'],
      ['Melodica, 32 keys', 4_490, 30, 'Breath and keys.'],
      ['Digital piano', 129_900, 6, 'Eighty-eight weighted keys.'],
      ['Grand piano', 1_890_000, 2, 'Spruce soundboard, 188 cm. Delivered and tuned.'],
      ['Metronome', 3_290, 50, 'Mechanical, with bell.'],
      ['Music stand', 2_990, 60, 'Folds flat.'],
      ['Cajón', 15_900, 18, 'Birch, with snares.'],
      ['Guitar strings, set', 1_190, 250, 'Normal tension.', { brand: 'Corda', barcode: '96385074', tags: ['accessory'] }],
    ],
  },
  {
    name: 'Workshop',
    description: 'Tools that outlive their owners',
    products: [
      ["Joiner's mallet", 2_790, 60, 'Beech, planed true.'],
      ['Chisel set, six', 12_400, 30, '6 to 32 mm, in a roll.'],
      ['Japanese pull saw', 3_650, 55, 'Double edge, changeable blade.'],
      ['Block plane', 9_900, 25, 'Adjustable mouth.'],
      ['Cordless drill, 18 V', 17_900, 40, 'Two batteries, charger, case.'],
      ['Workbench, beech', 59_900, 7, 'Front and tail vice, 160 cm.'],
      ['Sliding calliper', 2_390, 80, 'To a twentieth of a millimetre.'],
      ['Wood glue, 1 l', 1_490, 160, 'Strong, and forgiving for ten minutes.'],
      ['Screw clamp, 60 cm', 2_150, 120, 'One never has enough.'],
      ['Oil stone, two grits', 3_890, 45, '1000 and 6000.'],
    ],
  },
];
