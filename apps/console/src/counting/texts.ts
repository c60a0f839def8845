import type { Texts } from '../texts/texts.ts';

export const countingTexts = {
  'count.title': ['Stock count', 'Inventur', 'Recuento', 'Contagem'],
  'count.scan': ['Barcode or SKU', 'Strichcode oder SKU', 'Código de barras o SKU', 'Código de barras ou SKU'],
  'count.scanHint': [
    'Scan, or type and press Enter. Each scan counts one unit.',
    'Scannen oder tippen und Enter drücken. Jeder Scan zählt ein Stück.',
    'Escanee o escriba y pulse Intro. Cada lectura cuenta una unidad.',
    'Escaneie ou digite e tecle Enter. Cada leitura conta uma unidade.',
  ],
  'count.add': ['Count', 'Zählen', 'Contar', 'Contar'],
  'count.counted': ['{name}: {count} counted', '{name}: {count} gezählt', '{name}: {count} contados', '{name}: {count} contados'],
  'count.unknown': [
    'No product has the barcode or SKU {code}',
    'Kein Produkt hat den Strichcode oder die SKU {code}',
    'Ningún producto tiene el código de barras o SKU {code}',
    'Nenhum produto tem o código de barras ou SKU {code}',
  ],
  'count.several': [
    '{count} products have {code}: scan the SKU of the one',
    '{count} Produkte haben {code}: bitte die SKU des einen scannen',
    '{count} productos tienen {code}: escanee el SKU',
    '{count} produtos têm {code}: escaneie o SKU',
  ],
  'count.hasVariants': [
    '{name} has variants: scan one of them',
    '{name} hat Varianten: bitte eine davon scannen',
    '{name} tiene variantes: escanee una',
    '{name} tem variantes: escaneie uma delas',
  ],
  'count.lines': ['Counted products', 'Gezählte Produkte', 'Productos contados', 'Produtos contados'],
  'count.before': ['Stock by the books', 'Bestand laut Büchern', 'Existencias según libros', 'Estoque nos livros'],
  'count.now': ['Counted', 'Gezählt', 'Contado', 'Contado'],
  'count.nowOf': ['Counted of {name}', 'Gezählt von {name}', 'Contado de {name}', 'Contado de {name}'],
  'count.difference': ['Difference', 'Abweichung', 'Diferencia', 'Diferença'],
  'count.post': ['Post the count', 'Inventur buchen', 'Registrar el recuento', 'Registrar a contagem'],
  'count.posted': ['posted', 'gebucht', 'registrado', 'registrado'],
  'count.action': ['Action', 'Aktion', 'Acción', 'Ação'],
  'count.remove': ['Remove {name}', '{name} entfernen', 'Quitar {name}', 'Remover {name}'],
  'count.open': ['not posted', 'nicht gebucht', 'sin registrar', 'não registrado'],
} as const satisfies Texts;
