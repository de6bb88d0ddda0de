"""The bill calculator: every bill that it makes in the browser is the server's, line by line; and it can be used by all.

calculator_test.py PROGRAM FOLDER AXE     the server is that of PGHOST and PGUSER
"""

import json
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import browser  # noqa: E402
from tap import Tap  # noqa: E402

if not browser.missing():
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

PROGRAM, FOLDER = sys.argv[1:3]
AXE = browser.checker(sys.argv[3])
ENVIRONMENT = {**os.environ, "PGDATABASE": "calculator"}
TODAY, EVERY = "Ordinance 5244", "Every </script> kind & $more$"
ACCOUNTS = 2000

tap = Tap()

# A draft with every kind of charge, of rates that give half cents, and of gaps where no bill can be made
DRAFT = r"""
CREATE EXTENSION mission_rates;
SELECT mission_rates.draft_schedule(:'every');
UPDATE mission_rates.schedule SET volume_step = 10 WHERE schedule = :'every';

UPDATE mission_rates.class_rule SET label = 'Home <b>of</b> "$5" & ' || repeat('Wide', 12)
WHERE schedule = :'every' AND class = 'A1';
UPDATE mission_rates.class_rule SET outside_class = 'A2' WHERE schedule = :'every' AND class = 'A4';
UPDATE mission_rates.class_rule SET outside_class = NULL WHERE schedule = :'every' AND class = 'A3';
DELETE FROM mission_rates.water_minimum
WHERE schedule = :'every' AND meter_size = '6' AND service_area = 'outside';
UPDATE mission_rates.water_minimum SET amount = 0
WHERE schedule = :'every' AND rate_group = 'commercial' AND meter_size = '1/2';

DELETE FROM mission_rates.water_volume WHERE schedule = :'every' AND class IN ('A1', 'A5');
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000, section)
VALUES (:'every', 'A1', 0, 1.2345, 'one'), (:'every', 'A1', 1500, 2.25, 'two'), (:'every', 'A1', 7995, 0, 'three'),
	(:'every', 'A1', 20000, 3.5005, '<four>');

DELETE FROM mission_rates.sewer_rate WHERE schedule = :'every' AND class = 'A9';
UPDATE mission_rates.sewer_rate SET factor = 0.8571 WHERE schedule = :'every' AND class = 'A1';
UPDATE mission_rates.sewer_rate SET factor = 2 WHERE schedule = :'every' AND class = 'A3';
UPDATE mission_rates.sewer_rate SET factor = 0.9, rate_per_1000 = NULL WHERE schedule = :'every' AND class = 'A2';
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = :'every' AND class = 'A4';
INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000, section)
VALUES (:'every', 'A2', 1000, 2.505, 's1'), (:'every', 'A2', 15000, 0.0055, 's2'),
	(:'every', 'A4', 0, 1.45, 's3'), (:'every', 'A4', 12000, 0, 'cap');

INSERT INTO mission_rates.schedule (schedule) VALUES ('Ordinance 9');

INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill,
	label, section)
VALUES (:'every', 'garbage', 'A1', 15.255, 'each', 0, NULL, false, 'Garbage & "carts"', '114-61'),
	(:'every', 'garbage', 'A2', 31.5, 'month', 0, NULL, true, 'Garbage, in bulk', '114-61'),
	(:'every', 'drainage', 'A1', 4.5, 'month', 0, NULL, true, 'Drainage </script><script>document.title = "x"</script>', ''),
	(:'every', 'drainage', 'A8', 9, 'month', 0, NULL, false, 'Drainage', ''),
	(:'every', 'drought', 'A1', 1.505, '1,000 gallons', 4000, NULL, true, 'Drought surcharge', 'Ord. 7'),
	(:'every', 'drought', 'A2', 0.75, '1,000 gallons', 0, NULL, false, 'Drought surcharge', 'Ord. 7'),
	(:'every', 'credit', 'A1', -30.005, 'month', 0, NULL, false, 'Leak credit', ''),
	(:'every', 'senior', 'A1', -0.125, 'dollar', 0, '{water_minimum,water_volume,garbage}', false, 'Senior discount', ''),
	(:'every', 'tax 1', 'A1', 0.0675, 'dollar', 0, '{garbage,drainage,drought,credit}', true, 'Sales tax', 'State'),
	(:'every', 'a tax on the tax', 'A1', 0.068755, 'dollar', 0, '{tax 1,water_volume}', true, 'Tax on the tax', 'State'),
	(:'every', 'tax 1', 'A2', 0.0825, 'dollar', 0, '{sewer_flat,sewer_fixed,sewer_volume}', true, 'Sewer tax', 'State'),
	(:'every', 'zone''s "fee"', 'A8', 0.5, 'dollar', 0, '{water_volume}', true, 'Zone <fee>', '');
"""

# Sets the controls of each account as a customer would, and reads what is shown
DRIVE = """
const form = document.getElementById('calculator');
function set(control, value) {
	if (control.type === 'checkbox') {
		if (control.checked !== Boolean(value))
			control.click();
		return;
	}
	if (control.value === String(value))
		return;
	control.value = value;
	for (const kind of control.type === 'text' ? ['input'] : ['input', 'change'])
		control.dispatchEvent(new Event(kind, {bubbles: true}));
}
function shown(table) {
	const said = table.parentElement.querySelector('.problem');
	return {problem: said.hidden ? null : said.textContent, hidden: table.hidden,
		total: table.querySelector('output[name="total"]').value,
		lines: [...table.querySelectorAll('tr[data-charge]')].map(row => [row.dataset.charge,
			row.querySelector('th span').textContent, row.querySelector('.amount').textContent,
			row.querySelector('small').textContent])};
}
return arguments[0].map(account => {
	for (const name of ['class', 'meter', 'area', 'gallons', 'metered', 'sewer'])
		set(form.elements[name], account[name]);
	const services = {};
	for (const control of form.querySelectorAll('[name^="service-"]:enabled')) {
		const code = control.name.slice('service-'.length);
		const asked = account.services[code] ?? 0;
		services[code] = control.type === 'checkbox' ? Number(asked > 0) : asked;
		set(control, services[code]);
	}
	return {services, bills: Object.fromEntries([...form.querySelectorAll('table.bill')].map(
		table => [table.dataset.schedule, shown(table)]))};
});
"""

# The same bills by plain SQL over typed arguments; services that a schedule does not have are not asked of it
SERVER = r"""
SELECT jsonb_agg(CASE WHEN x.problem IS NULL THEN (
		SELECT jsonb_build_object('total', sum(b.amount)::text, 'lines', jsonb_agg(
			jsonb_build_array(b.charge, b.description, b.amount::text, b.section) ORDER BY b.line))
		FROM mission_rates.bill(x.class, x.meter, x.gallons, x.area, x.metered, true, x.sewer, services => x.services,
			schedule => :'schedule') AS b)
	ELSE jsonb_build_object('problem', x.problem) END ORDER BY x.account)
FROM (SELECT a.*, mission_rates.billing_problem(a.class, a.meter, a.gallons, a.area, a.metered, true, a.sewer,
			services => a.services, schedule => :'schedule') AS problem
	FROM (SELECT n AS account, (e ->> 'class')::mission_rates.customer_class AS class,
			(e ->> 'meter')::mission_rates.meter_size AS meter, (e ->> 'gallons')::bigint AS gallons,
			(e ->> 'area')::mission_rates.service_area AS area, (e ->> 'metered')::boolean AS metered,
			(e ->> 'sewer')::boolean AS sewer,
			(SELECT jsonb_object_agg(s.key, s.value) FROM jsonb_each(e -> 'services') AS s
				JOIN mission_rates.service_charge AS c ON c.code = s.key AND c.schedule = :'schedule'
				JOIN mission_rates.class_rule AS r ON r.schedule = c.schedule AND r.class::text = e ->> 'class'
				WHERE c.class = CASE e ->> 'area' WHEN 'outside' THEN r.outside_class ELSE r.class END) AS services
		FROM jsonb_array_elements($accounts$ACCOUNTS$accounts$) WITH ORDINALITY AS j (e, n)
		OFFSET 0) AS a
	OFFSET 0) AS x
"""


def psql(script, **variables):
    """What psql prints of a script."""
    settings = [word for name, value in variables.items() for word in ("-v", f"{name}={value}")]
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *settings], input=script, env=ENVIRONMENT,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def path(name):
    """A file that a test writes."""
    return os.path.join(FOLDER, name)


def program(name, *arguments):
    """Run the program: status, what it said."""
    done = subprocess.run([PROGRAM, *arguments, "--output", path(name)], capture_output=True, text=True, env=ENVIRONMENT,
                          timeout=300, check=False)
    return done.returncode, done.stderr.strip()


def made(name, said, *arguments):
    """The program makes a page."""
    status, words = program(name, *arguments)
    tap.ok(status == 0 and os.path.exists(path(name)), said, words)


def test_made():
    """The pages, and what is refused."""
    ENVIRONMENT["PGDATABASE"] = "postgres"
    psql("DROP DATABASE IF EXISTS calculator; CREATE DATABASE calculator;")
    ENVIRONMENT["PGDATABASE"] = "calculator"
    psql(DRAFT, every=EVERY)
    made("calculator.html", "a calculator of two schedules is written", "--calculator", EVERY, "--against", TODAY)
    made("calculator1.html", "a calculator of the schedule in force is written", "--calculator")
    for said, status, *arguments in (
            ("unknown rate schedule", 1, "--calculator", "Ordinance 7"),
            ("unknown rate schedule", 1, "--calculator", TODAY, "--against", "Ordinance 7"),
            ("is the schedule in force", 1, "--calculator", "--against", TODAY),
            ("has no customer classes", 1, "--calculator", "Ordinance 9"),
            ("the same schedule", 2, "--calculator", TODAY, "--against", TODAY),
            ("--against needs --calculator", 2, "--against", TODAY),
            ("--calculator goes without", 2, "--calculator", "--rate-sheet")):
        have = program("refused.html", *arguments)
        tap.ok(have[0] == status and said in have[1], f"refused: {' '.join(arguments)}", have)


def boundaries():
    """Gallons at which something begins or ends, and their neighbors."""
    edges = (0, 10, 999, 1000, 1019, 1500, 4000, 7995, 12000, 15000, 16667, 19999, 20000, 10 ** 12)
    return sorted({edge + step for edge in edges for step in (-10, -1, 0, 1, 5, 10) if 0 <= edge + step <= 10 ** 12})


def random_accounts():
    """Accounts of every class, size, place and state."""
    chance = random.Random(5244)
    classes, meters, areas = (psql(f"SELECT unnest(enum_range(NULL::mission_rates.{name}))").splitlines()
                              for name in ("customer_class", "meter_size", "service_area"))
    codes = psql("SELECT DISTINCT code FROM mission_rates.service_charge").splitlines()
    # more of those that have bills, so that two thousand see every line many times
    classes += ["A1", "A1", "A1", "A2", "A2", "A4"]
    meters += [meter for meter in meters if meter not in ("10", "12")]
    gallons = boundaries()
    return [{"class": chance.choice(classes), "meter": chance.choice(meters), "area": chance.choice(areas),
             "gallons": chance.choice(gallons) if chance.random() < 0.6 else chance.randrange(60000),
             "metered": chance.random() < 0.8, "sewer": chance.random() < 0.7,
             "services": {code: chance.choice((0, 1, 1, 3)) for code in codes}} for _ in range(ACCOUNTS)]


def money(amount):
    """An amount as the page writes it."""
    sign = "\u2212" if amount.startswith("-") else ""
    return f"{sign}${int(amount.strip('-')[:-3]):,}{amount[-3:]}"


def same(have, want):
    """Is what the page shows what the server says?"""
    if "problem" in want:
        return bool(have["problem"]) and have["hidden"] and have["total"] == "" and have["lines"] == []
    lines = [[charge, description, money(amount)] for charge, description, amount, _ in want["lines"]]
    sections = [section for *_, section in want["lines"]]
    return (have["problem"] is None and not have["hidden"] and have["total"] == money(want["total"])
            and [line[:3] for line in have["lines"]] == lines
            and all(small.endswith(section) for (*_, small), section in zip(have["lines"], sections)))


def test_bills(driver):
    """Two thousand accounts under both schedules."""
    accounts = random_accounts()
    browser.show(driver, path("calculator.html"), 768)
    shown = [page for at in range(0, ACCOUNTS, 100) for page in driver.execute_script(DRIVE, accounts[at:at + 100])]
    for account, page in zip(accounts, shown):
        account["services"] = page["services"]
    for schedule in (TODAY, EVERY):
        bills = json.loads(psql(SERVER.replace("ACCOUNTS", json.dumps(accounts)), schedule=schedule))
        wrong = [(account, page["bills"][schedule], bill) for account, page, bill in zip(accounts, shown, bills)
                 if not same(page["bills"][schedule], bill)]
        refused = sum("problem" in bill for bill in bills)
        tap.ok(not wrong, f"{len(bills)} bills, {refused} of them refused, are those of the server: {schedule}",
               len(wrong), *wrong[:3])
        lines = {line[0] for bill in bills for line in bill.get("lines", ())}
        charges = set(psql("SELECT code FROM mission_rates.service_charge WHERE schedule = :'schedule'",
                           schedule=schedule).splitlines())
        charges |= {"water_minimum", "water_volume", "sewer_fixed", "sewer_volume", "sewer_flat"}
        tap.equal(lines, charges, f"every charge is among them: {schedule}")
        tap.ok(200 < refused < ACCOUNTS - 1000, f"bills of both kinds are among them: {schedule}", refused)


def read(driver, **account):
    """What the page shows of one account, beside the usual one."""
    usual = {"class": "A1", "meter": "3/4", "area": "inside", "gallons": 6000, "metered": True, "sewer": True, "services": {}}
    return driver.execute_script(DRIVE, [{**usual, **account}])[0]["bills"][TODAY]


def test_typed(driver):
    """What people type as gallons."""
    browser.show(driver, path("calculator1.html"), 360)
    tap.equal(read(driver)["total"], "$40.45", "the worked example of the ordinance")
    for gallons in ("6,000", " 6000 ", "06000"):
        tap.equal(read(driver, gallons=gallons)["total"], "$40.45", f"gallons {gallons!r}")
    for gallons in ("", "-1", "1.5", "6e3", "1,00", "1000000000001", "1" * 30, "none"):
        total = read(driver, gallons=gallons)["total"]
        said = driver.find_element(By.ID, "calculator-first").text
        control = driver.find_element(By.NAME, "gallons")
        tap.equal((total, said, driver.find_element(By.CLASS_NAME, "bills").is_displayed(), control.get_attribute("aria-invalid")),
                  ("", "Gallons are a whole number from 0 to 1,000,000,000,000.", False, "true"), f"gallons {gallons!r} are refused")
    tap.equal(read(driver, gallons="", metered=False)["total"], "$37.50", "without a working meter gallons may be blank")
    browser.show(driver, path("calculator.html"), 360)
    carts = driver.find_element(By.NAME, "service-garbage")
    for number, lines in (("2", 1), ("", 0), ("0", 0), ("-1", 0), ("1.5", 0), ("1000000", 0), ("999,999", 1)):
        carts.clear()
        carts.send_keys(number)
        found = driver.find_elements(By.CSS_SELECTOR, "tr[data-charge=garbage]")
        said = driver.find_element(By.ID, "calculator-first").text
        wrong = "whole number from 0 to 999,999." in said
        tap.equal((len([line for line in found if line.is_displayed()]), wrong, carts.get_attribute("aria-invalid") == "true"),
                  (2 * lines, number in ("-1", "1.5", "1000000"), wrong), f"{number!r} carts")


def test_headline(driver):
    """The difference between the schedules."""
    browser.show(driver, path("calculator.html"), 360)
    driver.execute_script(DRIVE, [{"class": "A8", "meter": "3/4", "area": "outside", "gallons": 3001, "metered": True,
                                   "sewer": False, "services": {"zone's \"fee\"": 1}}])
    tap.equal(driver.find_element(By.ID, "calculator-first").text,
              "$2.86 a month more: $20.19 becomes $23.05 (+14.2%)", "the change of the total")
    rows = driver.find_elements(By.CSS_SELECTOR, ".changes tbody tr, .changes tfoot tr")
    tap.equal([row.text for row in rows],
              ["Water minimum $14.44 $14.44 $0.00", "Water volume $5.75 $5.74 \u2212$0.01", "Zone <fee> \u2013 $2.87 +$2.87",
               "Total a month $20.19 $23.05 +$2.86"], "and by charge")


def test_text(driver):
    """Labels are text, whatever they hold."""
    browser.show(driver, path("calculator.html"), 1280)
    tap.equal(driver.title, "Utility bill calculator", "a label is not run")
    tap.equal(len(driver.find_elements(By.CSS_SELECTOR, "#calculator b, #calculator fee, #calculator four")), 0,
              "and not made into elements")
    tap.ok('Home <b>of</b> "$5" & ' in driver.find_element(By.CSS_SELECTOR, "[name=class] option").text,
           "a class is shown by its label")


def test_keyboard(driver):
    """Every control has a label and is reached by the Tab key, in its order."""
    browser.show(driver, path("calculator.html"), 360)
    names = driver.execute_script("""
        return [...document.querySelectorAll('#calculator :is(select, input):enabled')].map(
            control => control.labels.length === 1 && control.labels[0].textContent.trim() ? control.name : 'no label')""")
    reached = []
    for _ in names:
        driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(driver.switch_to.active_element.get_attribute("name"))
    tap.equal(reached, names, "the Tab key reaches each control, and each has a label")
    tap.equal(names[:6], ["class", "meter", "area", "gallons", "metered", "sewer"], "in the order of the form")
    driver.find_element(By.NAME, "sewer").send_keys(Keys.SPACE)
    shown = driver.execute_script("return [...document.querySelectorAll('tr[data-charge=sewer_fixed]')].length")
    tap.equal(shown, 0, "the space bar takes the sewer off the bill")


def test_without_script(driver):
    """Without JavaScript there is no calculator, and the page says why."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.show(driver, path("calculator.html"), 360)
        tap.ok(not driver.find_element(By.ID, "calculator").is_displayed(), "without JavaScript the form is hidden")
        tap.ok("needs JavaScript" in driver.find_element(By.TAG_NAME, "body").text, "and the page says why")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


TOO_WIDE = """
return [...document.querySelectorAll('#calculator *')].filter(e => e.getBoundingClientRect().width > 0
	&& (e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || (e.matches('table, td, th, label')
		&& e.scrollWidth > e.clientWidth + 1))).map(e => `${e.tagName} ${e.textContent.slice(0, 60)}`);
"""


def test_widths(driver):
    """Nothing is cut off, on a phone, a tablet, a desktop and paper."""
    for name in ("calculator.html", "calculator1.html"):
        for width, dark in ((320, False), (360, False), (360, True), (768, False), (1280, False), (1280, True)):
            browser.show(driver, path(name), width, dark)
            what = f"{name} at {width} pixels, {'dark' if dark else 'light'}"
            tap.equal(driver.execute_script(browser.CUT_OFF) + driver.execute_script(TOO_WIDE), [], f"{what}: nothing is cut off")
            if AXE:
                tap.equal(browser.accessibility(driver, AXE), [], f"{what}: the accessibility checker is content")
            browser.picture(driver, path(f"{name}.{width}.{'dark' if dark else 'light'}.png"))
        browser.show(driver, path(name), 688, media="print")
        tap.equal(driver.execute_script(TOO_WIDE), [], f"{name} on paper: nothing is cut off")
        browser.paper(driver, path(f"{name}.pdf"))
        tap.equal(browser.complaints(driver), [], f"{name}: the console is empty")
        tap.equal(browser.requests(driver), [], f"{name}: nothing is asked for")
    if not AXE:
        tap.skip("the accessibility checker", browser.NO_CHECKER)


tap.run(test_made)
if browser.missing():
    tap.skip("pages in a browser", browser.missing())
else:
    with browser.chromium() as window:
        for test in (test_bills, test_typed, test_headline, test_text, test_keyboard, test_without_script, test_widths):
            tap.run(test, window)
sys.exit(tap.finish())
