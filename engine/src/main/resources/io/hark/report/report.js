'use strict';
(() => {
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const take = (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = make('textarea', text);
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    return Promise.resolve();
  };
  for (const code of document.querySelectorAll('pre.cmd > code')) {
    const button = make('button', 'Copy');
    button.type = 'button';
    button.addEventListener('click', () => {
      take(code.textContent).then(() => {
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 1500);
      }, () => { button.textContent = 'Not allowed here'; });
    });
    code.before(button);
  }
  for (const table of document.querySelectorAll('.body > .scroll > table')) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 12) continue;
    const field = make('input', '', 'find');
    field.type = 'search';
    field.placeholder = 'Filter these rows';
    field.setAttribute('aria-label', 'Filter: ' + table.caption.textContent);
    field.addEventListener('input', () => {
      const wanted = field.value.toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
    table.parentElement.before(field);
  }
})();
