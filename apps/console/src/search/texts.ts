import type { Texts } from '../texts/texts.ts';

export const searchTexts = {
  'searchPage.title': ['Search: {q}', 'Suche: {q}', 'Búsqueda: {q}', 'Busca: {q}'],
  'searchPage.none': ['Nothing was found', 'Nichts gefunden', 'No se encontró nada', 'Nada foi encontrado'],
  'searchPage.hint': [
    'Type an order number, an e-mail address or a part of a name, a SKU, a barcode or a tracking code.',
    'Eine Bestellnummer, E-Mail-Adresse, einen Namensteil, eine SKU, einen Strichcode oder eine Sendungsnummer eingeben.',
    'Escriba un número de pedido, un correo o parte de un nombre, un SKU, un código de barras o de seguimiento.',
    'Digite um número de pedido, um e-mail ou parte de um nome, um SKU, um código de barras ou de rastreio.',
  ],
  'searchPage.orders': ['Orders', 'Bestellungen', 'Pedidos', 'Pedidos'],
  'searchPage.customers': ['Customers', 'Kunden', 'Clientes', 'Clientes'],
  'searchPage.customerSearch': [
    'Search customers for “{q}”',
    'Kunden nach „{q}“ durchsuchen',
    'Buscar clientes con «{q}»',
    'Buscar clientes com “{q}”',
  ],
  'searchPage.products': ['Products', 'Produkte', 'Productos', 'Produtos'],
  'searchPage.noName': ['no name', 'kein Name', 'sin nombre', 'sem nome'],
} as const satisfies Texts;
