// Sets the chosen theme before anything is painted. A file of its own: the content security policy admits no script in the page.
try {
  const theme = localStorage.getItem('florin.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the theme of the system counts.
}
