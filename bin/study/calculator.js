/* The bill calculator: makes the bill of an account from the facts that the server gave, in whole numbers only. */
(() => {
	'use strict';

	/* Quantities and rates are integers, scaled by 10^9. */
	const ONE = 10n ** 9n;
	const MOST_GALLONS = 10n ** 12n;
	const MOST_TIMES = 999999n;
	const MINUS = '\u2212';

	const form = document.getElementById('calculator');
	const schedules = JSON.parse(document.getElementById('calculator-facts').textContent);
	const touched = new Set();

	/* A decimal such as "-2.25" as a scaled integer. */
	function decimal(text) {
		const [whole, part = ''] = text.split('.');
		return BigInt(whole + part.padEnd(9, '0'));
	}

	/* A product in cents, rounded once, half away from zero. */
	function cents(quantity, rate) {
		const product = quantity * rate, cent = 10n ** 16n;
		return (product + (product < 0n ? -cent : cent) / 2n) / cent;
	}

	/* A whole number with its thousands set off. */
	function grouped(number) {
		return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
	}

	/* Cents as "$1,234.50". */
	function money(amount, plus = '') {
		const size = amount < 0n ? -amount : amount;
		const sign = amount < 0n ? MINUS : amount > 0n ? plus : '';
		return `${sign}$${grouped(size / 100n)}.${String(size % 100n).padStart(2, '0')}`;
	}

	/* A scaled integer as a decimal, with at least so many decimals. */
	function words(number, least = 0) {
		const size = number < 0n ? -number : number;
		let part = String(size % ONE).padStart(9, '0');
		while (part.length > least && part.endsWith('0'))
			part = part.slice(0, -1);
		return (number < 0n ? MINUS : '') + grouped(size / ONE) + (part ? `.${part}` : '');
	}

	/* A whole number that somebody typed, thousands set off or not; null where it is none. */
	function whole(text) {
		const digits = text.trim().replace(/(\d)[, ](?=\d{3}(\D|$))/g, '$1');
		return /^\d{1,15}$/.test(digits) ? BigInt(digits) : null;
	}

	/* Thousands of gallons that fall into the block of a line. */
	function volume(line, gallons) {
		const used = (gallons - gallons % BigInt(line.step)) * decimal(line.factor) / 1000n;
		const above = BigInt(line.above) * ONE / 1000n;
		const upto = line.upto === null ? used : BigInt(line.upto) * ONE / 1000n;
		const top = used < upto ? used : upto;
		return top > above ? top - above : 0n;
	}

	/* How many of a service charge an account has; any other line is there once. */
	function times(line, account) {
		return line.every === undefined ? 1n : account.services.get(line.charge);
	}

	/* The quantity of a line; "sums" are the cents of the lines before it, by charge. */
	function quantity(line, account, sums) {
		const count = times(line, account);
		if (count === 0n)
			return 0n;
		if (line.above !== undefined)
			return account.metered ? volume(line, account.gallons) : 0n;
		if (line.base !== undefined)
			return line.base.reduce((sum, charge) => sum + (sums.get(charge) ?? 0n), 0n) * ONE / 100n;
		return count * ONE;
	}

	/* The service charges that an account can have. */
	function services(schedule, account) {
		return schedule.services[schedule.rules[account.class]?.payers[account.area]] ?? [];
	}

	/* The bill of an account: its lines, sums by charge and total, or a problem. */
	function bill(schedule, account) {
		const state = `${Number(account.metered)}:${Number(account.sewer)}`;
		const lines = schedule.bills[account.class][account.meter][account.area][state].map(at => schedule.lines[at]);
		const made = {lines: [], sums: new Map(), total: 0n, problem: lines[0].problem};
		if (made.problem)
			return made;
		for (const line of [...lines, ...services(schedule, account)]) {
			if (times(line, account) > 1n && line.unit !== 'each')
				return {...made, lines: [], problem: `${line.description} is on a bill once`};
			const parts = quantity(line, account, made.sums);
			if (parts === 0n)
				continue;
			const amount = cents(parts, decimal(line.rate));
			made.lines.push({...line, parts, amount});
			made.sums.set(line.charge, (made.sums.get(line.charge) ?? 0n) + amount);
			made.total += amount;
		}
		return made;
	}

	/* Where an amount comes from. */
	function reckoning(line) {
		const rate = decimal(line.rate);
		if (line.base !== undefined)
			return `${words(rate * 100n)}% of ${money(line.parts * 100n / ONE)}`;
		const size = (rate < 0n ? MINUS : '') + '$' + words(rate < 0n ? -rate : rate, 2);
		if (line.above !== undefined)
			return `${words(line.parts * 1000n)} gallons at ${size} per 1,000`;
		return line.parts === ONE ? '' : `${words(line.parts)} at ${size}`;
	}

	/* An element with attributes and content. */
	function element(tag, attributes, ...content) {
		const made = document.createElement(tag);
		for (const [name, value] of Object.entries(attributes))
			made.setAttribute(name, value);
		made.append(...content);
		return made;
	}

	/* A line of a table: its head, and cells of amounts. */
	function row(charge, head, ...amounts) {
		return element('tr', {'data-charge': charge}, element('th', {scope: 'row'}, ...head),
			...amounts.map(amount => element('td', {class: 'amount n'}, amount)));
	}

	/* Show the bill of a schedule, or why there is none. */
	function show(schedule, made) {
		const place = [...form.querySelectorAll('.result')].find(each => each.dataset.schedule === schedule.name);
		const said = place.querySelector('.problem');
		said.hidden = !made.problem;
		said.textContent = made.problem ? `${schedule.name}: ${made.problem.replace(/ \((schedule|draft) ".*"\)$/, '')}.` : '';
		place.querySelector('table').hidden = Boolean(made.problem);
		place.querySelector('tbody').replaceChildren(...made.lines.map(line => row(line.charge, [
			element('span', {}, line.description),
			element('small', {}, reckoning(line), reckoning(line) && line.section && ' \u00b7 ',
				element('span', {}, line.section))], money(line.amount))));
		place.querySelector('output').value = made.problem ? '' : money(made.total);
	}

	/* Tenths of a percent, rounded half away from zero. */
	function percent(from, to) {
		const double = 2000n * (to - from);
		const tenths = (double + (double < 0n ? -from : from)) / (2n * from);
		const size = tenths < 0n ? -tenths : tenths;
		return `${tenths < 0n ? MINUS : tenths > 0n ? '+' : ''}${size / 10n}.${size % 10n}%`;
	}

	/* What is read first: the total, or how it changes; nothing where there is a problem. */
	function headline(from, to) {
		if (from.problem || to.problem)
			return '';
		if (from === to)
			return `${money(to.total)} a month`;
		const change = to.total - from.total;
		if (change === 0n)
			return `${money(to.total)} a month under both`;
		const by = money(change < 0n ? -change : change);
		return `${by} a month ${change < 0n ? 'less' : 'more'}: ${money(from.total)} becomes ${money(to.total)}`
			+ (from.total > 0n ? ` (${percent(from.total, to.total)})` : '');
	}

	/* What changes, charge by charge, where there are two bills; "Water minimum" of "Water minimum, 3/4 inch, inside". */
	function compare(from, to) {
		const place = form.querySelector('.changes');
		place.hidden = Boolean(from.problem || to.problem);
		if (place.hidden)
			return;
		const line = (charge, head, a, b) => row(charge, [head], a === undefined ? '\u2013' : money(a),
			b === undefined ? '\u2013' : money(b), money((b ?? 0n) - (a ?? 0n), '+'));
		const lines = new Map([...from.lines, ...to.lines].map(each => [each.charge, each]));
		place.querySelector('tbody').replaceChildren(...[...lines.values()].map(each => line(each.charge,
			each.every === undefined ? each.description.split(', ')[0] : each.description,
			from.sums.get(each.charge), to.sums.get(each.charge))));
		place.querySelector('tfoot').replaceChildren(line('', 'Total a month', from.total, to.total));
	}

	/* Show the service charges that the account can have, each as its class has it until the customer says otherwise. */
	function offer(account) {
		const there = new Map(schedules.flatMap(schedule => services(schedule, account)).map(line => [line.charge, line]));
		for (const control of form.querySelectorAll('[name^="service-"]')) {
			const line = there.get(control.name.slice('service-'.length));
			control.disabled = !line;
			control.closest('label').hidden = !line;
			if (!line)
				continue;
			control.closest('label').querySelector('span').textContent = line.description;
			if (!touched.has(control)) {
				control.checked = line.every;
				control.value = control.type === 'checkbox' ? 'on' : String(Number(line.every));
			}
		}
		const set = form.querySelector('fieldset');
		if (set)
			set.hidden = there.size === 0;
	}

	/* How many of each service charge the customer has; null where that is no number. */
	function asked() {
		return new Map([...form.querySelectorAll('[name^="service-"]:enabled')].map(control => [
			control.name.slice('service-'.length),
			control.type === 'checkbox' ? BigInt(control.checked) : whole(control.value || '0')]));
	}

	/* Is a number that was typed none, or too large?  Then its control says so. */
	function refused(control, number, most) {
		const wrong = number === null || number > most;
		control.setAttribute('aria-invalid', String(wrong));
		return wrong;
	}

	/* What is wrong with what was typed. */
	function mistake(account) {
		const {gallons} = form.elements;
		if (refused(gallons, gallons.value.trim() === '' && !account.metered ? 0n : account.gallons, MOST_GALLONS))
			return `Gallons are a whole number from 0 to ${grouped(MOST_GALLONS)}.`;
		const wrong = [...form.querySelectorAll('.count input:enabled')].filter(
			control => refused(control, account.services.get(control.name.slice('service-'.length)), MOST_TIMES));
		return wrong.length > 0 ? `A number of services is a whole number from 0 to ${grouped(MOST_TIMES)}.` : '';
	}

	/* Show the bills of the account that the form describes, and first what they come to. */
	function update() {
		const {class: code, meter, area, gallons, metered, sewer} = form.elements;
		const first = document.getElementById('calculator-first');
		const account = {class: code.value, meter: meter.value, metered: metered.checked, sewer: sewer.checked,
			gallons: whole(gallons.value)};
		if (!touched.has(area))
			area.value = schedules.at(-1).rules[account.class]?.area ?? area.value;
		account.area = area.value;
		offer(account);
		account.services = asked();
		first.textContent = mistake(account);
		form.querySelector('.bills').hidden = first.textContent !== '';
		if (first.textContent === '') {
			const made = schedules.map(schedule => bill(schedule, account));
			schedules.forEach((schedule, at) => show(schedule, made[at]));
			first.textContent = headline(made[0], made.at(-1));
			if (made.length === 2)
				compare(...made);
		} else {
			for (const total of form.querySelectorAll('output'))
				total.value = '';
		}
		first.hidden = first.textContent === '';
	}

	for (const kind of ['input', 'change'])
		form.addEventListener(kind, event => {
			touched.add(event.target);
			update();
		});
	form.addEventListener('submit', event => event.preventDefault());
	document.getElementById('bill-calculator').hidden = false;
	update();
})();
