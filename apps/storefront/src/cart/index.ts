export { AddToCart } from './add-to-cart.tsx';
export { CartLink } from './cart-link.tsx';
