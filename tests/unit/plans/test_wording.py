"""What a task says survives being kept as JSON."""

import json
from datetime import date

from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.reading.values import DueType, Modality, Operator, Period


def test_a_wording_comes_back_from_json_as_it_was():
    wording = Wording(
        clause="二(一)2",
        title="风险提示白皮书",
        text="每半年制作行政诉讼风险提示白皮书",
        units=(WordedUnit(name="法院", is_lead=True), WordedUnit(name="政府办")),
        dues=(
            WordedDue(type=DueType.DATE, on=date(2021, 7, 10), raw="2021年7月10日"),
            WordedDue(type=DueType.PERIOD, period=Period.HALF_YEAR, times=1, raw="每半年"),
            WordedDue(type=DueType.NONE, within=(2, "days", "收到"), raw="收到之日起二日内"),
        ),
        targets=(WordedTarget(indicator="调解撤诉率", operator=Operator.AT_LEAST, value="20", unit="%"),),
        modality=Modality.MUST,
    )

    assert Wording.from_data(json.loads(json.dumps(wording.as_data()))) == wording
