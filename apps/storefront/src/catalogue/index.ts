export { CategoriesMenu } from './categories-menu.tsx';
export { Picture } from './picture.tsx';
export { productPath } from './product-path.ts';
export { useShop } from './use-shop.ts';
