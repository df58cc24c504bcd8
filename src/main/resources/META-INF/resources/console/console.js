// Times in the viewer's zone, live parts, and asking before something is done. The pages can be read without it.

// ---- Times

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const age = (at) => {
  const seconds = Math.max(0, Math.floor((Date.now() - at) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 2 * 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
};

const moment = (at) => {
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
};

const showTimes = (within = document) => {
  for (const time of within.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const text = 'age' in time.dataset ? age(at)
      : 'both' in time.dataset ? `${moment(at)}${at <= Date.now() ? ` (${age(at)} ago)` : ''}` : moment(at);
    if (time.textContent !== text) time.textContent = text;
    if (!time.title) time.title = full.format(at);
  }
};

showTimes();
setInterval(() => document.hidden || showTimes(), 10_000);

// ---- What changes while one looks: parts of the page are read again, as the server draws them

const main = document.getElementById('main');
const parts = () => [...document.querySelectorAll('[data-part], #counts')];
// An element that was drawn anew is known again by these.
const sameAs = (element) => ['id', 'href', 'data-ask', 'data-where']
  .filter((name) => element.hasAttribute(name))
  .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`)
  .join('');

const replace = (old, fresh) => {
  const known = new Set([...old.querySelectorAll('[data-id]')].map((row) => row.dataset.id));
  const focused = old.contains(document.activeElement) ? sameAs(document.activeElement) : '';
  const open = [...old.querySelectorAll('details[open]')].map((details, at) => details.id || at);
  old.replaceWith(fresh);
  if (known.size > 0) {
    fresh.querySelectorAll('[data-id]').forEach((row) => known.has(row.dataset.id) || row.classList.add('fresh'));
  }
  fresh.querySelectorAll('details').forEach((details, at) => {
    details.open = open.includes(details.id || at);
  });
  showTimes(fresh);
  if (focused) fresh.querySelector(focused)?.focus({ preventScroll: true });
};

let reading = false;
let again = false;

const refresh = async () => {
  if (reading || document.hidden) {
    again = true;
    return;
  }
  reading = true;
  again = false;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    // The session has ended: the browser is led to the login, and back.
    if (answer.redirected) location.reload();
    else if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const old of parts()) {
        const fresh = page.getElementById(old.id);
        if (fresh && fresh.innerHTML !== old.dataset.drawn) {
          const drawn = fresh.innerHTML;
          replace(old, fresh);
          fresh.dataset.drawn = drawn;
        }
      }
    }
    alive(answer.ok);
  } catch {
    alive(false);
  } finally {
    reading = false;
    if (again) setTimeout(refresh, 1000);
  }
};

const alive = (isAlive) => {
  for (const sign of document.querySelectorAll('[data-beat]')) {
    sign.hidden = false;
    sign.classList.toggle('lost', !isAlive);
    sign.textContent = isAlive ? 'live' : 'not live: the hub does not answer';
  }
};

if (main.dataset.live) {
  const source = new EventSource(main.dataset.live);
  source.addEventListener('open', () => alive(true));
  source.addEventListener('changed', refresh);
  source.addEventListener('error', () => alive(false));
  addEventListener('pagehide', () => source.close());
}
if (main.dataset.refresh) {
  setInterval(() => document.hidden || refresh(), Number(main.dataset.refresh) * 1000);
}
document.addEventListener('visibilitychange', () => document.hidden || (again && refresh()));
addEventListener('pageshow', (event) => event.persisted && location.reload());

// ---- A filter's address holds only what is chosen

for (const filter of document.querySelectorAll('form.filter')) {
  filter.addEventListener('submit', () => {
    for (const field of filter.elements) field.disabled = field.name !== '' && field.value === '';
  });
}

// ---- Asking once, saying what will happen, and showing what came of it

const said = document.getElementById('said');
let silence;
const say = (text) => {
  clearTimeout(silence);
  said.textContent = text;
  silence = setTimeout(() => { said.textContent = ''; }, 12_000);
};

const later = sessionStorage.getItem('said');
if (later) {
  sessionStorage.removeItem('said');
  say(later);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.ask) ask(button);
  if (button && 'cancel' in button.dataset) button.closest('dialog').close();
});

const ask = (button) => {
  const dialog = document.getElementById(`ask-${button.dataset.ask}`);
  const form = dialog.querySelector('form');
  form.reset();
  form.querySelector('.refusal').hidden = true;
  if (button.dataset.where) form.elements.where.value = button.dataset.where;
  dialog.showModal();
};

const read = (form) => {
  const body = {};
  for (const field of form.elements) {
    const value = field.type === 'textarea' ? field.value : field.value.trim();
    if (!field.name || 'path' in field.dataset) continue;
    if (field.type === 'checkbox') body[field.name] = field.checked;
    else if (value === '') continue;
    else if (field.type === 'number') body[field.name] = Number(value);
    else if (field.name === 'where') [body.platform, body.part] = value.split('/');
    else if (field.name === 'record') body[/^https?:/i.test(value) ? 'url' : 'id'] = value;
    else body[field.name] = value;
  }
  return body;
};

const outcome = (text, action) => {
  let answer = {};
  try {
    answer = JSON.parse(text);
  } catch {
    // An answer without a body is one, too.
  }
  for (const done of ['released', 'discarded']) {
    if (done in answer) return `${answer[done]} ${done}${answer.left ? `, ${answer.left} are left: ask again` : ''}.`;
  }
  if (answer.run) return `Run ${answer.run} has begun.`;
  if (answer.outcome) return `Dead letter ${answer.id}: ${answer.outcome}.`;
  if (answer.job) return `Asked for ${answer.job}.`;
  return `${action}: taken. What follows from it shows here.`;
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.post) return;
  event.preventDefault();
  const submit = form.querySelector('[type=submit]');
  const refusal = form.querySelector('.refusal');
  const path = form.querySelector('[data-path]')?.value ?? '';
  submit.disabled = true;
  refusal.hidden = true;
  try {
    const answer = await fetch(form.dataset.post + encodeURIComponent(path), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/plain' },
      body: JSON.stringify(read(form)),
    });
    const text = await answer.text();
    if (answer.status === 401) throw new Error('You are not logged in any more: log in in another tab, then try again.');
    if (!answer.ok) {
      throw new Error(text.trim() && !text.includes('<html') ? text : `It was refused (${answer.status}).`);
    }
    form.closest('dialog').close();
    if (form.dataset.then) {
      sessionStorage.setItem('said', outcome(text, submit.textContent));
      location.assign(form.dataset.then);
    } else {
      say(outcome(text, submit.textContent));
      refresh();
    }
  } catch (failure) {
    refusal.textContent = failure instanceof TypeError ? 'The hub does not answer: nothing is known of what was asked.' : failure.message;
    refusal.hidden = false;
  } finally {
    submit.disabled = false;
  }
});
