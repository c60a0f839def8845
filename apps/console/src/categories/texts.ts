import type { Texts } from '../texts/texts.ts';

export const categoryTexts = {
  'categories.title': ['Categories', 'Kategorien', 'Categorías', 'Categorias'],
  'categories.new': ['New category', 'Neue Kategorie', 'Nueva categoría', 'Nova categoria'],
  'categories.edit': ['Edit: {name}', 'Bearbeiten: {name}', 'Editar: {name}', 'Editar: {name}'],
  'categories.products': ['Products: {name}', 'Produkte: {name}', 'Productos: {name}', 'Produtos: {name}'],
  'categories.name': ['Name', 'Name', 'Nombre', 'Nome'],
  'categories.description': ['Description', 'Beschreibung', 'Descripción', 'Descrição'],
  'categories.parent': ['Below', 'Unterhalb von', 'Debajo de', 'Abaixo de'],
  'categories.top': ['At the top', 'Ganz oben', 'En el nivel superior', 'No nível superior'],
  'categories.moveHint': [
    'The subcategories move with it.',
    'Die Unterkategorien ziehen mit um.',
    'Las subcategorías se mueven con ella.',
    'As subcategorias se movem junto.',
  ],
  'categories.saved': [
    'The category is saved',
    'Die Kategorie ist gespeichert',
    'La categoría está guardada',
    'A categoria foi salva',
  ],
  'categories.delete': ['Delete: {name}', 'Löschen: {name}', 'Eliminar: {name}', 'Excluir: {name}'],
  'categories.deleteTitle': ['Delete the category', 'Kategorie löschen', 'Eliminar la categoría', 'Excluir a categoria'],
  'categories.deleteText': [
    '“{name}” is deleted if it has neither products nor subcategories.',
    '„{name}“ wird gelöscht, wenn darin weder Produkte noch Unterkategorien sind.',
    '«{name}» se elimina si no tiene productos ni subcategorías.',
    '“{name}” é excluída se não tiver produtos nem subcategorias.',
  ],
  'categories.deleted': [
    'The category is deleted',
    'Die Kategorie ist gelöscht',
    'La categoría está eliminada',
    'A categoria foi excluída',
  ],
} as const satisfies Texts;
