import { bicycle, book, clamp, guitar, handled, line, piano, rect, roundel } from './shapes.ts';

/** The drawings of a department, by the name of the product. `tint` is their background. */
type Department = { tint: string; items: Readonly<Record<string, string>> };

const STEEL = '#8d99a6';
const WOOD = '#b98552';
const DARK = '#33373d';
const RED = '#c0453c';
const GREEN = '#4f8a5b';
const BLUE = '#3d6a9e';
const GOLD = '#d9a441';
const CREAM = '#f4ead7';

const clothing: Department = {
  tint: '#e3e6f1',
  items: {
    'Wool cap': `<path d="M105 250a95 105 0 0 1 190 0z" fill="${RED}"/>${rect(95, 245, 210, 50, '#9d342d', 18)}${roundel(200, 138, 24, CREAM)}`,
    'Linen shirt': `<path d="M145 95l-75 45 28 65 27-13v133h150V192l27 13 28-65-75-45q-55 40-110 0z" fill="#fbfaf5" stroke="#c9c4b4" stroke-width="4"/>${line('M200 125v200', '#c9c4b4', 4)}${roundel(200, 170, 5, '#a9a28f')}${roundel(200, 220, 5, '#a9a28f')}${roundel(200, 270, 5, '#a9a28f')}`,
    'Work gloves': `<path d="M140 320v-90l-38-48q-8-22 14-22l34 34v-82q0-17 15-17t15 17v62-88q0-17 16-17t16 17v88-76q0-16 15-16t15 16v86-52q0-14 14-14t14 14v106l-20 82z" fill="${GOLD}" stroke="#9a6f22" stroke-width="4"/>${rect(132, 285, 126, 36, '#8a5a2b', 6)}`,
  },
};

const kitchen: Department = {
  tint: '#f3e4d6',
  items: {
    'Cast-iron skillet, 26 cm': `${rect(275, 186, 95, 24, DARK, 12)}${roundel(175, 198, 105, DARK)}${roundel(175, 198, 86, '#4a5059')}${roundel(352, 198, 6, '#f3e4d6')}`,
    "Chef's knife, 20 cm": `<path d="M70 215L255 150v68q-90 22-185-3z" fill="#cfd6dd" stroke="${STEEL}" stroke-width="3"/><path d="M255 150l85-18q16 2 12 20l-10 48-87 18z" fill="#7a4a2b"/>${roundel(285, 178, 5, CREAM)}${roundel(318, 172, 5, CREAM)}`,
    'Stovetop espresso maker': `<path d="M145 120h110l-18 85h-74z" fill="#c3ccd4"/><path d="M163 205h74l28 110H135z" fill="${STEEL}"/>${line('M258 135q55 10 30 90', DARK, 16)}${rect(185, 92, 30, 30, DARK, 8)}`,
    'Burr coffee grinder': `<path d="M135 165a65 55 0 0 1 130 0z" fill="#a5743d"/>${rect(130, 165, 140, 30, DARK, 6)}${rect(142, 195, 116, 125, '#7a4a2b', 10)}${rect(165, 240, 70, 55, '#5d371f', 6)}${roundel(200, 267, 8, GOLD)}${line('M200 110V85h85', STEEL, 10)}${roundel(288, 85, 16, DARK)}`,
    'Enamel stock pot, 10 l': `${rect(110, 150, 180, 165, BLUE, 16)}${rect(98, 135, 204, 24, '#2c4f78', 12)}${roundel(200, 120, 14, DARK)}${line('M110 205H80M290 205h30', DARK, 18)}${line('M130 180v110', '#5f8cc0', 10)}`,
    'Bread proofing basket': `<path d="M85 200h230q-10 105-115 105T85 200z" fill="${WOOD}"/><ellipse cx="200" cy="200" rx="115" ry="48" fill="#d7b088"/><ellipse cx="200" cy="196" rx="92" ry="36" fill="${CREAM}"/>${line('M95 235h210M110 265h180M145 290h110', '#8f6238', 4)}`,
    'Digital kitchen scale': `${rect(95, 190, 210, 120, '#f7f7f4', 18)}${rect(125, 170, 150, 30, STEEL, 8)}${rect(140, 240, 120, 44, '#2f4a3c', 8)}<text x="200" y="273" font-family="monospace" font-size="32" text-anchor="middle" fill="#a9e0b8">1250</text>`,
    'Porcelain bowl, set of four': [250, 220, 190, 160]
      .map((y) => `<path d="M105 ${y}h190q-15 62-95 62t-95-62z" fill="#ffffff" stroke="#9fb3c8" stroke-width="4"/>`)
      .join(''),
    'Oak cutting board': `${rect(95, 135, 210, 175, WOOD, 20)}${rect(112, 152, 176, 141, '#c9965f', 12)}${line('M130 190h140M130 222h140M130 254h140', '#a97440', 4)}${roundel(200, 118, 9, '#f3e4d6')}`,
    'Pasta machine': `${rect(110, 160, 180, 90, STEEL, 10)}${rect(120, 250, 30, 65, DARK, 4)}${rect(250, 250, 30, 65, DARK, 4)}${line('M290 200h55v-50', DARK, 12)}${line('M150 250v60M175 250v52M200 250v64M225 250v50', GOLD, 8)}${rect(110, 178, 180, 14, '#c3ccd4', 6)}`,
  },
};

const books: Department = {
  tint: '#ece5dc',
  items: {
    'Designing Data-Intensive Systems': book('#2e5d7d', line('M165 190h70M165 220h70M165 250h70', '#cfe6f5', 8)),
    'A History of Double Entry': book('#5b3a29', line('M200 190v90M160 190h80', GOLD, 8)),
    'The Lighthouse Keepers': book(
      '#28415e',
      `<path d="M188 280l6-90h12l6 90z" fill="#ffffff"/>${roundel(200, 178, 13, '#ffd866')}`,
    ),
    'Field Guide to Alpine Flowers': book(
      '#5f8a5a',
      `${[0, 72, 144, 216, 288].map((turn) => `<ellipse cx="200" cy="195" rx="13" ry="24" fill="#f2d7ee" transform="rotate(${turn} 200 220)"/>`).join('')}${roundel(200, 220, 11, GOLD)}`,
    ),
    'Bread: a Book of Loaves': book(
      '#b5762f',
      `<ellipse cx="200" cy="225" rx="52" ry="34" fill="#f1cf95"/>${line('M178 210l10 28M200 206l10 32M222 208l8 26', '#b5762f', 5)}`,
    ),
    'Maps of Imaginary Cities': book(
      '#7c4a66',
      line('M155 260l30-60 30 40 35-65', '#f3dfea', 7) + roundel(250, 175, 9, '#ffb3a1'),
    ),
    'Short Walks in Long Valleys': book('#3f7468', `<path d="M150 265l40-75 25 40 15-22 30 57z" fill="#cfe9dd"/>`),
    'The Clockmaker’s Apprentice': book(
      '#454056',
      `${roundel(200, 220, 44, '#f0e6c8')}${line('M200 220v-28M200 220l20 12', '#454056', 6)}`,
    ),
    'Chess for the Second Player': book(
      '#2b2b2b',
      `<path d="M172 280h56l-10-34h-36zM184 246l4-48h24l4 48z" fill="#f2f2f2"/>${roundel(200, 185, 16, '#f2f2f2')}`,
    ),
    'Poems for the Night Train': book('#1f2a4d', `<path d="M212 180a42 42 0 1 0 22 68 48 48 0 0 1-22-68z" fill="#f7e9a8"/>`),
  },
};

const garden: Department = {
  tint: '#dfeadb',
  items: {
    'Spade, ash handle': handled(WOOD, `<path d="M160 215h80v55q-10 50-40 62-30-12-40-62z" fill="${STEEL}"/>`),
    Secateurs: `<path d="M195 200Q130 130 150 85q45 30 62 100z" fill="#cfd6dd"/><path d="M205 200q65-60 45-100-40 20-58 90z" fill="${STEEL}"/>${line('M190 205q-50 60-40 110M210 205q50 60 40 110', RED, 20)}${roundel(200, 200, 11, DARK)}`,
    'Watering can, 9 l': `${rect(150, 170, 130, 145, GREEN, 16)}${line('M150 270L85 165', GREEN, 20)}${line('M65 180l42-30', GOLD, 14)}${line('M170 170q5-70 60-60t45 120', '#386844', 12)}`,
    'Tomato seeds, ten sorts': `${rect(125, 90, 150, 230, '#fffaf0', 8)}${rect(125, 90, 150, 46, GREEN, 8)}${roundel(200, 225, 48, RED)}<path d="M200 182l-18-14 18 4 18-4z" fill="${GREEN}" stroke="${GREEN}" stroke-width="8"/>`,
    'Beehive, complete': `${[250, 200, 150].map((y) => rect(120, y, 160, 48, GOLD, 4)).join('')}<path d="M105 150l20-36h150l20 36z" fill="${STEEL}"/>${rect(175, 278, 50, 12, DARK, 4)}${line('M135 315v-15M265 315v-15', '#7a4a2b', 12)}`,
    Wheelbarrow: `<path d="M105 165h170l-35 85h-95z" fill="${GREEN}"/>${line('M130 240L100 300M245 240l20 55M275 170l70-18', DARK, 10)}${roundel(120, 296, 32, DARK)}${roundel(120, 296, 12, STEEL)}`,
    'Raised bed, larch': `${rect(85, 220, 230, 90, WOOD, 6)}${line('M85 250h230M85 280h230', '#8f6238', 4)}<path d="M95 220q105-32 210 0z" fill="#5d4430"/>${[130, 175, 225, 270].map((x) => `<path d="M${x} 215q-22-30 0-55 22 25 0 55z" fill="${GREEN}"/>`).join('')}`,
    'Hand fork': handled(WOOD, line('M165 225v90M200 225v95M235 225v90M165 230h70', STEEL, 12)),
    'Rain barrel, 300 l': `<path d="M125 110h150q25 100 0 210H125q-25-110 0-210z" fill="#4a6b57"/>${line('M116 160h168M112 215h176M116 270h168', '#31493b', 8)}${rect(185, 282, 30, 14, GOLD, 4)}`,
    'Bulb planter': handled(
      DARK,
      `<path d="M160 215h80l-12 100h-56z" fill="${STEEL}"/>${line('M175 240h20M175 260h20M175 280h20', '#ffffff', 4)}`,
    ),
  },
};

const bicycles: Department = {
  tint: '#dbe7ee',
  items: {
    'City bicycle, seven gears': bicycle({ frame: GREEN }),
    'Gravel bicycle': bicycle({ frame: '#c46a2d', isSporty: true }),
    'Cargo bicycle, electric': bicycle({ frame: BLUE, extra: rect(225, 165, 95, 60, GOLD, 8) }),
    'Folding bicycle': bicycle({ frame: RED, wheel: 38 }),
    Helmet: `<path d="M85 240q0-115 115-115t115 115q-40 22-115 22T85 240z" fill="${RED}"/>${line('M140 150q-15 40-12 92M200 130v110M260 150q15 40 12 92', '#8c2e28', 10)}${line('M120 255q20 60 70 60', DARK, 8)}`,
    'Chain lock': `${line('M115 235a90 90 0 1 1 170 0', STEEL, 24)}${line('M115 235a90 90 0 1 1 170 0', '#c3ccd4', 6)}${rect(135, 225, 130, 85, DARK, 16)}${roundel(200, 262, 14, GOLD)}`,
    'Leather saddle': `<path d="M75 190q60-50 140-25l100 10q28 4 12 22-75 2-120 22-90 36-132-29z" fill="#7a4a2b"/>${line('M150 230q45 50 110-20M205 235v75', STEEL, 10)}`,
    'Pannier, waterproof, pair': `${rect(85, 150, 105, 165, '#c46a2d', 16)}${rect(210, 150, 105, 165, '#c46a2d', 16)}${rect(85, 130, 105, 40, '#8f4a1c', 14)}${rect(210, 130, 105, 40, '#8f4a1c', 14)}${rect(120, 215, 36, 12, CREAM, 4)}${rect(245, 215, 36, 12, CREAM, 4)}`,
    'Floor pump': `${rect(183, 150, 34, 160, BLUE, 8)}${line('M200 150V95M155 92h90', DARK, 16)}${line('M150 318h100', DARK, 16)}${line('M217 290q80 0 60-110', DARK, 8)}${roundel(200, 285, 24, '#ffffff')}${line('M200 285l10-12', RED, 4)}`,
    'Puncture kit': `${rect(95, 190, 210, 125, GREEN, 14)}${rect(95, 170, 210, 40, '#386844', 14)}${roundel(155, 262, 28, DARK)}${rect(210, 240, 66, 42, CREAM, 10)}`,
  },
};

const music: Department = {
  tint: '#eadfe9',
  items: {
    'Classical guitar': guitar({ body: '#c98a45' }),
    'Ukulele, soprano': guitar({ body: '#8a5a2b', scale: 0.78 }),
    'Violin, student': guitar({ body: '#8c3b22', scale: 0.85, isViolin: true }),
    'Melodica, 32 keys': `${piano({ x: 80, y: 170, width: 240, height: 90, body: RED })}${line('M320 190h28', DARK, 14)}`,
    'Digital piano': `${piano({ x: 70, y: 165, width: 260, height: 80, body: DARK })}${line('M100 245v75M300 245v75M100 290h200', DARK, 10)}`,
    'Grand piano': `<path d="M75 175Q150 60 325 75v100z" fill="#15171a"/>${piano({ x: 75, y: 170, width: 250, height: 70, body: '#15171a' })}${line('M105 240v80M295 240v80M200 240v70', '#15171a', 14)}`,
    Metronome: `<path d="M160 95h80l45 220H115z" fill="#7a4a2b"/><path d="M172 120h56l18 120h-92z" fill="${CREAM}"/>${line('M200 250L225 115', DARK, 6)}${rect(207, 140, 26, 20, GOLD, 4)}`,
    'Music stand': `<path d="M110 110h180l-15 100H125z" fill="${DARK}"/>${rect(150, 125, 100, 66, '#ffffff', 4)}${line('M165 145h70M165 160h70M165 175h50', STEEL, 4)}${line('M200 210v80M200 290l-55 30M200 290l55 30', DARK, 10)}`,
    Cajón: `${rect(125, 95, 150, 225, '#c98a45', 8)}${rect(140, 110, 120, 195, '#dba765', 6)}${roundel(200, 150, 24, '#3b2717')}${line('M160 215h80M160 245h80M160 275h80', '#c08a4c', 4)}`,
    'Guitar strings, set': `${rect(115, 110, 170, 205, BLUE, 10)}${roundel(200, 212, 68, CREAM)}${[56, 44, 32].map((radius) => `<circle cx="200" cy="212" r="${radius}" fill="none" stroke="${GOLD}" stroke-width="4"/>`).join('')}`,
  },
};

const workshop: Department = {
  tint: '#e9e4d8',
  items: {
    "Joiner's mallet": `${rect(188, 180, 24, 145, WOOD, 8)}${rect(115, 95, 170, 95, '#a97440', 12)}${line('M130 125h140M130 155h140', '#8f6238', 4)}`,
    'Chisel set, six': [95, 137, 179, 221, 263, 305]
      .map((x) => `${rect(x - 10, 105, 20, 85, GOLD, 8)}${rect(x - 8, 190, 16, 120, STEEL, 2)}`)
      .join(''),
    'Japanese pull saw': `<path d="M75 165h160v70H75z" fill="#cfd6dd"/>${line('M78 238l10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10', STEEL, 4)}${rect(235, 182, 110, 34, WOOD, 14)}`,
    'Block plane': `<path d="M75 290h250v-45q-60-10-90-60h-70l-30 55H75z" fill="${STEEL}"/>${rect(172, 150, 24, 80, '#cfd6dd', 4)}${roundel(262, 190, 26, WOOD)}${line('M75 292h250', DARK, 8)}`,
    'Cordless drill, 18 V': `<path d="M110 130h150l20 20v40l-20 20h-60l12 85h-62l-12-85h-28z" fill="${GOLD}"/>${rect(280, 155, 60, 12, STEEL, 4)}${rect(130, 290, 100, 32, DARK, 8)}${rect(100, 145, 30, 50, DARK, 8)}`,
    'Workbench, beech': `${rect(75, 165, 250, 36, WOOD, 6)}${line('M105 201v115M295 201v115M105 270h190', '#8f6238', 18)}${rect(60, 172, 30, 50, '#8f6238', 6)}${line('M48 205h24', STEEL, 8)}`,
    'Sliding calliper': `${rect(70, 165, 260, 32, STEEL, 4)}<path d="M75 165v-50l25 50zM75 197v85l30-85z" fill="${STEEL}"/><path d="M175 155h80v50h-45l-35 78z" fill="#c3ccd4"/>${line('M270 170v10M285 170v16M300 170v10M315 170v16', '#ffffff', 3)}`,
    'Wood glue, 1 l': `<path d="M150 170q50-35 100 0l10 150H140z" fill="#f2efe6" stroke="#c9c4b4" stroke-width="4"/><path d="M180 150l12-50h16l12 50z" fill="${RED}"/>${rect(150, 205, 100, 70, GREEN, 6)}${line('M168 230h64M168 250h44', '#ffffff', 6)}`,
    'Screw clamp, 60 cm': clamp(STEEL, WOOD),
    'Oil stone, two grits': `<path d="M90 235l50-70h190l-40 70z" fill="#9aa0a6"/><path d="M90 235h200v40H90z" fill="#b9744f"/><path d="M290 235l40-70v40l-40 70z" fill="#95583a"/>${rect(80, 275, 222, 30, WOOD, 6)}`,
  },
};

export const drawings: readonly Department[] = [clothing, kitchen, books, garden, bicycles, music, workshop];
