/** Prints the page on light paper, also if the reader has chosen the dark theme. */
export function printReceipt(): void {
  const { dataset } = document.documentElement;
  const chosen = dataset['theme'];
  dataset['theme'] = 'light';
  const restore = () => {
    if (chosen === undefined) delete dataset['theme'];
    else dataset['theme'] = chosen;
  };
  window.addEventListener('afterprint', restore, { once: true });
  window.print();
}
